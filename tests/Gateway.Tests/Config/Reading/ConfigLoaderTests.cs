using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

public sealed class ConfigLoaderTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    [Fact]
    public void A_folder_is_its_files_in_ordinal_order()
    {
        _folder.WriteSite("b.json", "b", "b.example.org");
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("B.json", "upper", "upper.example.org");
        _folder.Write("00-process.json", "{ \"listen\": [\"http://*:80\"] }");
        _folder.Write("notes.txt", "not read");
        _folder.Write(".hidden.json", "not read");
        _folder.Write("gateway.schema.json", "not read");
        Directory.CreateDirectory(_folder.File("folder.json"));

        var loaded = _folder.Load();

        Assert.Equal("", _folder.Problems(loaded.Problems));
        Assert.Equal(["upper", "a", "b"], loaded.Config.Sites.Select(site => site.Id));
        Assert.Equal(["http://*:80"], loaded.Config.Listen);
        Assert.Equal(4, loaded.Hashes.Count);
    }

    [Fact]
    public void A_mounted_ConfigMap_is_read_once()
    {
        ConfigMap.Mount(_folder, "1", ("a.json", $"{{ \"sites\": [ {World.SiteJson("a", "a.example.org")} ] }}"));

        var loaded = _folder.Load();

        Assert.True(loaded.IsValid);
        Assert.Equal("a", Assert.Single(loaded.Config.Sites).Id);
    }

    [Fact]
    public void Problems_between_files_name_both()
    {
        _folder.WriteSite("a.json", "one", "a.example.org", top: "\"listen\": [\"http://*:80\"],");
        _folder.WriteSite("b.json", "one", "a.example.org", top: "\"trustedProxies\": [],");

        Assert.Equal(
            """
            b.json:1:21 trustedProxies: may stand in one file of the folder only, and a.json has such keys already. Keep listen, certificate, operator, trustedProxies together in one file.
            b.json:2:9 sites[0].id: "one" is the id of a.json sites[0] already. Choose another.
            b.json:2:26 sites[0].hosts[0]: "a.example.org" is a host of a.json sites[0] already. Keep it in one of the two.
            """,
            _folder.Problems(_folder.Load().Problems));
    }

    [Fact]
    public void Every_file_tells_its_problems()
    {
        _folder.Write("a.json", "{");
        _folder.Write("b.json", "{ \"sites\": 5 }");
        _folder.WriteSite("c.json", "c", "c.example.org");

        var loaded = _folder.Load();

        Assert.False(loaded.IsValid);
        Assert.Equal(
            """
            a.json:1:2: is not JSON: the file ends before every brace and bracket is closed.
            b.json:1:12 sites: is a number, but must be a list in square brackets. Put it in square brackets.
            """,
            _folder.Problems(loaded.Problems));
    }

    [Fact]
    public void Nothing_to_read_is_told() =>
        Assert.Equal("FOLDER: holds no *.json file. Put one file for each site, or group of sites, into it.", _folder.Problems(_folder.Load().Problems));

    [Fact]
    public void A_path_that_is_not_there_is_told()
    {
        var loaded = World.Loader().Load(_folder.File("gateway.json"));

        Assert.False(loaded.IsValid);
        Assert.Equal("gateway.json: does not exist. Name a file or a folder with --config.", _folder.Problems(loaded.Problems));
    }

    [Fact]
    public void Files_without_a_site_are_told()
    {
        _folder.Write("a.json", "{}");

        Assert.Equal("FOLDER: names no site. Add one under \"sites\".", _folder.Problems(_folder.Load().Problems));
    }

    [Theory]
    [InlineData("gateway.json", "")]
    [InlineData("gateway.minimal.json", "")]
    [InlineData("gateway.statistics.json", "W4")]
    public void The_shipped_samples_are_valid(string name, string warnings)
    {
        var loaded = World.Loader().Load(Path.Combine(AppContext.BaseDirectory, "config", name));

        Assert.True(loaded.IsValid);
        Assert.Equal(warnings, string.Join(' ', loaded.Problems.Select(problem => problem.Code)));
    }

    public void Dispose() => _folder.Dispose();
}
