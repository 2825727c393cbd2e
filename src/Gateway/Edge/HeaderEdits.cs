using System.Net.Http.Headers;
using Microsoft.Extensions.Primitives;

namespace Gateway.Edge;

/// <summary>
/// Edits of the headers of one message. Each edit keeps what it replaced, so that <see cref="Restore"/> can take all of them back where a
/// later step fails.
/// </summary>
/// <remarks>
/// Only for what belongs to the line in the page. Edits that protect the visitor (Set-Cookie, Cache-Control, Vary) are made on the headers
/// themselves, and no failure takes them back.
/// </remarks>
internal abstract class HeaderEdits
{
    private Replaced? _last;

    /// <summary>The lines of a header; empty where the message has none.</summary>
    public abstract StringValues this[string name] { get; }

    /// <summary>Replaces the lines of a header; an empty value removes it.</summary>
    public void Set(string name, StringValues value)
    {
        // Kept first: a write that fails halfway is taken back too.
        _last = new(name, this[name], _last);
        Write(name, value);
    }

    /// <summary>Adds a line to a header.</summary>
    public void Append(string name, string value) => Set(name, StringValues.Concat(this[name], value));

    /// <summary>Removes a header, if the message has it.</summary>
    public void Remove(string name)
    {
        if (this[name].Count > 0)
            Set(name, default);
    }

    /// <summary>Takes back all edits, the last one first.</summary>
    public void Restore()
    {
        for (; _last is not null; _last = _last.Before)
            Write(_last.Name, _last.Value);
    }

    /// <param name="value">Empty to remove the header.</param>
    protected abstract void Write(string name, StringValues value);

    private sealed class Replaced(string name, StringValues value, Replaced? before)
    {
        public string Name => name;

        public StringValues Value => value;

        public Replaced? Before => before;
    }
}

/// <summary>Edits of the response that the client gets.</summary>
internal sealed class ResponseHeaderEdits(IHeaderDictionary headers) : HeaderEdits
{
    public override StringValues this[string name] => headers[name];

    protected override void Write(string name, StringValues value)
    {
        if (value.Count == 0)
            headers.Remove(name);
        else
            headers[name] = value;
    }
}

/// <summary>Edits of the request that the backend gets.</summary>
internal sealed class RequestHeaderEdits(HttpRequestHeaders headers) : HeaderEdits
{
    public override StringValues this[string name] =>
        !headers.NonValidated.TryGetValues(name, out var lines) ? default
        : lines.Count == 1 ? lines.ToString()
        : new StringValues([.. lines]);

    protected override void Write(string name, StringValues value)
    {
        headers.Remove(name);
        if (value.Count > 0)
            headers.TryAddWithoutValidation(name, value.ToArray());
    }
}
