using System.Buffers.Binary;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The screenshots for manual review before a release. To update them, run <c>Gateway.Benchmarks -- screens</c>.</summary>
public class ScreensTests
{
    private static readonly Dictionary<string, (int Width, int Height)> Sizes = new() { ["narrow"] = (360, 640), ["wide"] = (1280, 720) };

    [Fact]
    public void Screenshots_exist_of_each_view_light_and_dark_narrow_and_wide_in_three_languages()
    {
        var names =
            from view in new[] { "banner", "dialog", "settings", "policy" }
            from scheme in new[] { "light", "dark" }
            from size in Sizes.Keys
            from language in new[] { "en", "fr", "ar" }
            select $"{view}-{scheme}-{size}-{language}.png";
        var folder = Repository.Path("tests/Gateway.Tests/Browser/screens");
        Assert.Equal(names.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        // PNG specification, 5.2 and 11.2.1: the signature, then width and height in the first chunk.
        Assert.All(Directory.GetFiles(folder), file =>
        {
            var bytes = File.ReadAllBytes(file).AsSpan();
            Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1A, (byte)'\n'], bytes[..8].ToArray());
            Assert.Equal(Sizes[file.Split('-')[^2]], (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..])));
        });
    }
}
