using System.Text;

namespace Gateway.Config.Reading;

/// <summary>Where in a file each path of the document stands, so that what is found later can be shown there.</summary>
internal sealed class SourcePositions(ReadOnlyMemory<byte> utf8)
{
    private readonly Dictionary<string, int> _offsets = new(StringComparer.Ordinal);
    private readonly List<int> _lineStarts = LineStarts(utf8.Span);

    public void Add(string path, long offset) => _offsets[path] = (int)offset;

    /// <summary>Whether the path stands in the file, rather than being a default.</summary>
    public bool Has(string path) => _offsets.ContainsKey(path);

    /// <summary>Line and column (in characters), both from 1, of a path, or of the nearest path above it.</summary>
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

    public (int Line, int Column) At(long offset)
    {
        var line = _lineStarts.BinarySearch((int)offset);
        if (line < 0)
            line = ~line - 1;
        var before = utf8.Span[_lineStarts[line]..(int)offset];
        return (line + 1, Encoding.UTF8.GetCharCount(before) + 1);
    }

    /// <summary><c>a.b[2].c</c>, <c>a.b[2]</c>, <c>a.b</c>, <c>a</c>, nothing.</summary>
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
