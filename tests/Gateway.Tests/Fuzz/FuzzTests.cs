using System.Globalization;
using System.Text;
using Gateway.Tests.Html;
using Gateway.Tests.Support;
using Xunit;
using Xunit.Sdk;

namespace Gateway.Tests.Fuzz;

/// <summary>Runs each target with valid inputs that are damaged at random. The seed is the number of the input, so that each can be reproduced.</summary>
public class FuzzTests
{
    private const int Inputs = 200_000;

    /// <remarks>A promise that few inputs reach would be kept by chance. <paramref name="least"/> is the lowest share of inputs, in percent, that must reach it.</remarks>
    [Theory, Row("G16", "C4", "B12")]
    [InlineData("scanner", 70)]
    [InlineData("splice", 5)]
    [InlineData("cookies", 10)]
    [InlineData("policies", 10)]
    [InlineData("configuration", 3)]
    public void No_damaged_input_breaks_a_promise(string target, int least)
    {
        var seeds = SeedsOf(target);
        var reached = 0;
        Parallel.For(0, Inputs, input =>
        {
            var data = Damaged(seeds, input);
            try
            {
                if (Targets.All[target](data))
                    Interlocked.Increment(ref reached);
            }
            catch (Exception problem)
            {
                Assert.Fail($"{target}, input {input.ToString(CultureInfo.InvariantCulture)}, {Convert.ToBase64String(data)}: {problem}");
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{reached} of {Inputs} inputs reached the promise.");
        Assert.InRange(reached * 100L / Inputs, least, 100);
    }

    public static TheoryData<string> Broken => [.. BrokenPromises.All.Keys];

    [Theory, MemberData(nameof(Broken))]
    public void An_error_in_the_code_under_test_breaks_a_promise(string how)
    {
        var (target, promise) = BrokenPromises.All[how];
        var seeds = SeedsOf(target);
        var isNoticed = false;
        for (var input = 0; input < 2_000 && !isNoticed; input++)
        {
            // The very same input keeps the promise where nothing is broken.
            var data = Damaged(seeds, input);
            Targets.All[target](data);
            isNoticed = Record.Exception(() => { promise(data); }) is XunitException;
        }

        Assert.True(isNoticed);
    }

    private static byte[] Damaged(byte[][] seeds, int input)
    {
        var random = new Random(input);
        var data = seeds[random.Next(seeds.Length)].ToList();
        for (var times = random.Next(8); times > 0; times--)
        {
            var at = random.Next(data.Count + 1);
            var length = random.Next(1, 9);
            switch (random.Next(6))
            {
                case 0 when at < data.Count:
                    data[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    data.RemoveRange(at, Math.Min(length, data.Count - at));
                    break;
                case 2:
                    data.InsertRange(at, data.Skip(random.Next(data.Count + 1)).Take(length * 4));
                    break;
                case 3:
                    data.RemoveRange(at, data.Count - at);
                    break;
                case 4:
                    data.InsertRange(at, Tokens[random.Next(Tokens.Length)]);
                    break;
                default:
                    data.Insert(at, (byte)random.Next(256));
                    break;
            }
        }

        return [.. data];
    }

    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "<!--", "-->", "--!>", "<!doctype html>", "<html lang=\"", "<head>", "</head>", "<meta charset=utf-8>", "\"", "'", "<?xml", "\0", ";", ",", "=", "; ",
            "Expires=", "Max-Age=", "-1", "99999999999999999999", "Domain=", "Path=", "sessionid", "_ga", "script-src", "default-src", "'none'", "'self'",
            "'strict-dynamic'", "'nonce-", "https://", "*.", ":*", "/_choices/", "{", "}", "[", "]", "null", "//", "/*", "\"cookies\":", "\"*\"", "1e999", "\\u0000",
        }.Select(Encoding.ASCII.GetBytes),
    ];

    private static byte[][] SeedsOf(string target) => target switch
    {
        "scanner" => Pages(),
        // Pages are also damaged before compression, because few pages that are damaged afterwards can still be decoded.
        "splice" => [.. Pages().Concat(Enumerable.Range(0, 300).Select(number => Damaged(Pages(), number))).Select(page => Coded.Encode("gzip", page))],
        "cookies" => Texts(
            "sessionid=1; Path=/; HttpOnly", "_ga=GA1.2.3; Expires=Wed, 22 Nov 2028 12:00:00 GMT", "=x", "a=b=c;;", " sessionid = v ; Max-Age=0",
            "csrftoken=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=100", "_pk_id=1; Max-Age=99999999", "sessionid=1; _ga=2; csrftoken=\"a;b\""),
        "policies" => Texts(
            "script-src 'self' 'nonce-abc'; object-src 'none'", "default-src 'none'; img-src *", "script-src 'strict-dynamic' 'nonce-x', script-src https:",
            "script-src-elem https://www.example.org:443/_choices/ http: *.example.org:*"),
        _ => [.. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "config"), "gateway*.json").Where(file => !file.Contains("schema", StringComparison.Ordinal)).Select(Small), .. Cases()],
    };

    private static byte[][] Pages() => [.. HtmlCase.Pages.Select(row => HtmlCase.Of(row.Data).Input).Where(page => page.Length < 3_000)];

    // The examples are long, and the rest repeats what is in their first entries.
    private static byte[] Small(string file) => File.ReadAllBytes(file)[..Math.Min(2_000, (int)new FileInfo(file).Length)];

    private static IEnumerable<byte[]> Cases() =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "cases", "config-errors"), "*.txt", SearchOption.AllDirectories)
            .Select(file => Encoding.UTF8.GetBytes(File.ReadAllText(file).Split("\n----\n")[0]));

    private static byte[][] Texts(params string[] texts) => [.. texts.Select(Encoding.Latin1.GetBytes)];
}
