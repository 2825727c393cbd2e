using System.Text;

namespace Gateway.Config.Reading;

/// <summary>The position of each JSON path in the source file, for problems that are found after parsing.</summary>
internal sealed class SourcePositions(ReadOnlyMemory<byte> utf8)
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private readonly List<int> _lineStarts = LineStarts(utf8.Span);

    public void Add(string path, long offset) => _offsets[path] = (int)offset;

    /// <summary>Whether the path is in the file; the path of a default value is not.</summary>
    public bool Has(string path) => _offsets.ContainsKey(path);

    /// <summary>The line and the column (in characters), both from 1, of the path or of its nearest ancestor in the file.</summary>
    public (int Line, int Column) Of(string path)
    {
        while (true)
        {
            if (_offsets.TryGetValue(path, out var offset))
                return At(offset);
            if (path.Length == 0)
                return (0, 0);
            path = Parent(path);
        }
    }

    /// <summary>The line and the column of a byte offset.</summary>
    public (int Line, int Column) At(long offset)
    {
        var line = _lineStarts.BinarySearch((int)offset);
        if (line < 0)
            line = ~line - 1;
        var before = utf8.Span[_lineStarts[line]..(int)offset];
        return (line + 1, Encoding.UTF8.GetCharCount(before) + 1);
    }

    /// <summary>The path of the parent: <c>a.b[2].c</c>, <c>a.b[2]</c>, <c>a.b</c>, <c>a</c>, empty.</summary>
    public static string Parent(string path) => path[..Math.Max(0, path.AsSpan().LastIndexOfAny('.', '['))];

    private static List<int> LineStarts(ReadOnlySpan<byte> bytes)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == '\n')
                starts.Add(i + 1);
        }

        return starts;
    }
}
