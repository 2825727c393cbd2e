using Gateway.Consent;
using Gateway.Edge;
using Gateway.Edge.Documents;
using Microsoft.Extensions.Primitives;
using Xunit;

namespace Gateway.Tests.Edge;

/// <summary>Header edits can be undone, whichever of them fails.</summary>
public class HeaderEditsTests
{
    private static readonly PageVariant Variant = new("abc");

    private static readonly Dictionary<string, StringValues> Sent = new()
    {
        ["Accept-Encoding"] = "br, zstd",
        ["Range"] = "bytes=0-",
        ["X-Lines"] = new(["one", "two"]),
        ["If-None-Match"] = "\"0\", W/\"1;gabcs\", W/\"1700000000;gabcl\"",
        ["If-Modified-Since"] = "Mon, 23 Nov 2026 10:00:00 GMT",
        ["If-Match"] = "W/\"1;gabcs\", W/\"1700000000;gabcl\"",
        ["ETag"] = "\"1\"",
    };

    private static readonly Action<HeaderEdits>[] Sequences =
    [
        edits =>
        {
            edits.Set("Accept-Encoding", "gzip");
            edits.Set("Accept-Encoding", "identity");
            edits.Remove("Range");
            edits.Append("X-Lines", "three");
            edits.Append("Server-Timing", "new");
            edits.Set("X-Lines", new(["four", "five"]));
            edits.Remove("X-Lines");
            edits.Set("X-Lines", "six");
        },
        edits => PageETags.Restore(edits, Variant),
        edits => PageETags.Restore(edits, null),
        edits => PageETags.DropMarked(edits),
        edits => PageETags.RestoreMatch(edits),
        edits => PageETags.Tag(edits, Variant),
        edits => PageETags.TagUpdate(edits, Variant, "\"2\", W/\"1;gabcw\""),
    ];

    public static TheoryData<int> SequenceNumbers => [.. Enumerable.Range(0, Sequences.Length)];

    [Theory, MemberData(nameof(SequenceNumbers))]
    public void A_failure_at_any_edit_leaves_the_headers_as_they_were(int sequence)
    {
        var failures = 0;
        for (var failing = 0; ; failing++)
        {
            var headers = new Dictionary<string, StringValues>(Sent);
            var edits = new FailingEdits(headers, failing);
            try
            {
                Sequences[sequence](edits);
            }
            catch (InvalidOperationException)
            {
                failures++;
                edits.Restore();
                AssertSent(headers);
                continue;
            }

            Assert.True(failures > 0, "No edit was made.");
            Assert.NotEqual(Lines(Sent), Lines(headers));
            return;
        }
    }

    [Theory, MemberData(nameof(SequenceNumbers))]
    public void A_response_can_be_restored_after_all_edits(int sequence)
    {
        var headers = new HeaderDictionary(new Dictionary<string, StringValues>(Sent, StringComparer.OrdinalIgnoreCase));
        var edits = new ResponseHeaderEdits(headers);
        Sequences[sequence](edits);
        Assert.NotEqual(Lines(Sent), Lines(headers));
        edits.Restore();
        AssertSent(headers);
    }

    [Theory, MemberData(nameof(SequenceNumbers))]
    public void A_request_can_be_restored_after_all_edits(int sequence)
    {
        using var request = new HttpRequestMessage();
        foreach (var (name, lines) in Sent)
            request.Headers.TryAddWithoutValidation(name, lines.ToArray());
        var edits = new RequestHeaderEdits(request.Headers);
        Sequences[sequence](edits);
        Assert.NotEqual(Lines(Sent), Lines(Headers()));
        edits.Restore();
        AssertSent(Headers());

        Dictionary<string, StringValues> Headers() =>
            request.Headers.NonValidated.ToDictionary(header => header.Key, header => new StringValues([.. header.Value]));
    }

    [Fact]
    public void Append_adds_a_line_and_Set_with_an_empty_value_removes_the_header()
    {
        var headers = new HeaderDictionary { ["A"] = "1", ["B"] = "2" };
        var edits = new ResponseHeaderEdits(headers);
        edits.Append("A", "3");
        edits.Set("B", default);
        Assert.Equal(new StringValues(["1", "3"]), headers["A"]);
        Assert.False(headers.ContainsKey("B"));
    }

    private static void AssertSent(IEnumerable<KeyValuePair<string, StringValues>> headers) => Assert.Equal(Lines(Sent), Lines(headers));

    private static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, StringValues>> headers) =>
        headers.Select(header => $"{header.Key}: {string.Join(" | ", header.Value.AsEnumerable())}").Order(StringComparer.Ordinal);

    /// <summary>Headers of which one edit throws after it was made.</summary>
    private sealed class FailingEdits(Dictionary<string, StringValues> headers, int failing) : HeaderEdits
    {
        private int _writes;

        public override StringValues this[string name] => headers.GetValueOrDefault(name);

        protected override void Write(string name, StringValues value)
        {
            if (value.Count == 0)
                headers.Remove(name);
            else
                headers[name] = value;
            if (_writes++ == failing)
                throw new InvalidOperationException("failed");
        }
    }
}
