using System.Text;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge.Proxy;

/// <summary>
/// Messages that are not pages and lose no cookie pass unchanged in both directions: the same bytes and the same header lines in the same
/// order, except for a short list. The messages are generated from a seed.
/// </summary>
public class IdentityTests
{
    private const int Rounds = 300;

    // Hop-by-hop headers, headers that every response has, and forwarded headers.
    private static readonly string[] OfTheHop = ["connection", "transfer-encoding", "date", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"];

    private static readonly string[] Types = ["image/png", "text/css", "application/json", "text/plain; charset=x", "application/pdf", "font/woff2"];

    private static readonly string[] Lines =
        ["sessionid=1", "sessionid={\"a\":\"\u00E9\"}; Path=/x", "csrftoken = 2;;HttpOnly", "sessionid=\u00C3\u00A9 , x; Expires=0", "csrftoken=\"a b\"; Max-Age=junk"];

    [Fact, Row("A9", "F15", "I4", "I5", "J4", "K8")]
    public async Task Responses_that_are_not_pages_and_lose_no_cookie_pass_unchanged()
    {
        var answer = "";
        await using var backend = RawBackend.Start((_, stream) => RawBackend.WriteAsync(stream, answer));
        await using var gateway = await TestGateway.StartAsync([TestSites.Library(backend.Url.ToString())]);
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var body = Text(random, random.Next(3_000), anyByte: true);
            answer = Answer(random, body);
            var request = Request(random);
            var got = await gateway.RawAsync(request);
            var (sentHead, gotHead) = (HeadOf(answer), HeadOf(got));
            Assert.True(sentHead.SequenceEqual(gotHead), $"seed {seed}:\n{string.Join('\n', sentHead)}\n----\n{string.Join('\n', gotHead)}");
            Assert.True(body == BodyOf(got), $"seed {seed}: another body.");

            // Lines with one name may be joined (RFC 9110 5.3), except for Set-Cookie.
            Assert.Equal(Joined(request.ReplaceLineEndings("\r\n")), Joined(backend.Received.Last().Head));
            Assert.Equal(request.Split(' ')[..2], backend.Received.Last().Head.Split(' ')[..2]);
        }
    }

    private static string Answer(Random random, string body)
    {
        var head = new StringBuilder($"HTTP/1.1 {random.GetItems(["200 OK", "201 Created", "302 Found", "404 Not Found", "500 Oh"], 1)[0]}\r\n");
        head.Append($"Content-Type: {random.GetItems(Types, 1)[0]}\r\n");
        foreach (var line in random.GetItems(Lines, random.Next(4)))
            head.Append($"Set-Cookie: {line}\r\n");
        AppendHeaders(random, head, "\r\n");
        return random.Next(3) switch
        {
            0 => $"{head}Content-Length: {body.Length}\r\n\r\n{body}",
            1 => $"{head}Transfer-Encoding: chunked\r\n\r\n{Chunks(random, body)}0\r\n\r\n",
            _ => $"{head}Connection: close\r\n\r\n{body}",
        };
    }

    private static string Request(Random random)
    {
        var head = new StringBuilder($"{random.GetItems(["GET", "DELETE", "OPTIONS"], 1)[0]} /{random.Next()}?q=%{random.Next(10, 99)}|<\" HTTP/1.1\nHost: localhost\n");
        AppendHeaders(random, head, "\n");
        return $"{head}Cookie: sessionid={random.Next()}\nConnection: close\n\n".Replace("|<\"", random.Next(2) == 0 ? "|<" : "", StringComparison.Ordinal);
    }

    private static void AppendHeaders(Random random, StringBuilder head, string end)
    {
        for (var count = random.Next(12); count > 0; count--)
            head.Append($"X-{(char)('A' + random.Next(6))}{random.Next(3)}: {Text(random, random.Next(60), anyByte: false)}{end}");
    }

    // Printable characters, inner spaces, and 80-FF except 85, which the test's writer takes for a line end.
    private static string Text(Random random, int length, bool anyByte)
    {
        var text = new StringBuilder("x");
        while (text.Length < length)
        {
            var code = random.Next(anyByte ? 0 : 0x20, 0x100);
            if (anyByte || (code is not (0x7F or 0x85)))
                text.Append((char)code);
        }

        return text.Append('x').ToString();
    }

    private static string Chunks(Random random, string body)
    {
        var chunks = new StringBuilder();
        for (var at = 0; at < body.Length;)
        {
            var length = Math.Min(random.Next(1, 900), body.Length - at);
            chunks.Append($"{length:x}\r\n{body.AsSpan(at, length)}\r\n");
            at += length;
        }

        return chunks.ToString();
    }

    private static IEnumerable<string> Joined(string message) => LinesOf(message).Select(lines => $"{lines.Key}: {string.Join(", ", lines)}");

    private static IEnumerable<string> HeadOf(string message) => LinesOf(message).SelectMany(lines => lines.Select(line => $"{lines.Key}: {line}"));

    // The order of lines with one name matters; the order and case of names do not.
    private static IEnumerable<IGrouping<string, string>> LinesOf(string message) => message[..message.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n")[1..]
        .Select(line => line.Split(':', 2))
        .Select(parts => (Name: parts[0].ToLowerInvariant(), Value: parts[1].Trim(' ')))
        .Where(line => !OfTheHop.Contains(line.Name))
        .GroupBy(line => line.Name, line => line.Value)
        .OrderBy(group => group.Key, StringComparer.Ordinal);

    private static string BodyOf(string answer)
    {
        var start = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (!answer[..start].Contains("chunked", StringComparison.Ordinal))
            return answer[start..];

        var body = new StringBuilder();
        while (true)
        {
            var end = answer.IndexOf("\r\n", start, StringComparison.Ordinal);
            var length = Convert.ToInt32(answer[start..end], 16);
            if (length == 0)
                return body.ToString();
            body.Append(answer, end + 2, length);
            start = end + 2 + length + 2;
        }
    }
}
