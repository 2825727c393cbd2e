using Gateway.Config;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

public sealed class ConfigLoaderTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    [Fact]
    public void The_files_of_a_folder_are_loaded_in_ordinal_order()
    {
        _folder.WriteSite("b.json", "b", "b.example.org");
        _folder.WriteSite("a.json", "a", "a.example.org");
        _folder.WriteSite("B.json", "upper", "upper.example.org");
        _folder.Write("00-process.json", "{ \"listen\": [\"http://*:80\"] }");
        _folder.Write("notes.txt", "not read");
        _folder.Write(".hidden.json", "not read");
        _folder.Write("gateway.schema.json", "not read");

        var loaded = _folder.Load();

        Assert.Equal("", _folder.Problems(loaded.Diagnostics));
        Assert.Equal(["upper", "a", "b"], loaded.Config.Sites.Select(site => site.Id));
        Assert.Equal(["http://*:80"], loaded.Config.Listen);
        Assert.Equal(4, loaded.Hashes.Count);
    }

    [Fact]
    public void Each_file_of_a_mounted_ConfigMap_is_loaded_once()
    {
        ConfigMap.Mount(_folder, "1", ("a.json", $"{{ \"sites\": [ {World.SiteJson("a", "a.example.org")} ] }}"));

        var loaded = _folder.Load();

        Assert.True(loaded.IsValid);
        Assert.Equal("a", Assert.Single(loaded.Config.Sites).Id);
    }

    [Fact]
    public void A_conflict_between_files_names_both_files()
    {
        _folder.WriteSite("a.json", "one", "a.example.org", top: "\"listen\": [\"http://*:80\"],");
        _folder.WriteSite("b.json", "one", "a.example.org", top: "\"trustedProxies\": [],");

        Assert.Equal(
            """
            b.json:1:21 trustedProxies: is allowed in one file of the folder only, and a.json already has such keys. Keep listen, certificate, operator, trustedProxies, forwardedHeaders together in one file.
            b.json:2:9 sites[0].id: "one" is already the id of a.json sites[0]. Choose a different id.
            b.json:2:26 sites[0].hosts[0]: "a.example.org" is already a host of a.json sites[0]. Remove it from one of the two sites.
            """,
            _folder.Problems(_folder.Load().Diagnostics));
    }

    [Fact]
    public void The_problems_of_all_files_are_reported()
    {
        _folder.Write("a.json", "{");
        _folder.Write("b.json", "{ \"sites\": 5 }");
        _folder.WriteSite("c.json", "c", "c.example.org");

        var loaded = _folder.Load();

        Assert.False(loaded.IsValid);
        Assert.Equal(
            """
            a.json:1:2: is not valid JSON: the file ends before all braces and brackets are closed.
            b.json:1:12 sites: is a number, but must be an array. Write it in square brackets.
            """,
            _folder.Problems(loaded.Diagnostics));
    }

    [Fact]
    public void A_folder_without_files_is_a_problem() =>
        Assert.Equal("FOLDER: contains no *.json file. Add one file for each site or group of sites.", _folder.Problems(_folder.Load().Diagnostics));

    [Fact]
    public void A_path_that_does_not_exist_is_reported_with_its_full_path()
    {
        var loaded = World.Loader().Load("no-such-folder/gateway.json");

        Assert.False(loaded.IsValid);
        Assert.Equal(
            $"no-such-folder/gateway.json: does not exist (searched for {Path.Combine(Environment.CurrentDirectory, "no-such-folder/gateway.json")}). Specify a file or a folder with --config.",
            Assert.Single(loaded.Diagnostics).ToString());
    }

    [Fact]
    public void A_configuration_without_a_site_is_not_valid()
    {
        _folder.Write("a.json", "{}");

        Assert.Equal("FOLDER: has no site. Add one under \"sites\".", _folder.Problems(_folder.Load().Diagnostics));
    }

    [Theory]
    [InlineData("gateway.json", "")]
    [InlineData("gateway.minimal.json", "")]
    [InlineData("gateway.statistics.json", "")]
    public void The_sample_configurations_are_valid(string name, string warnings)
    {
        var loaded = World.Loader().Load(Path.Combine(AppContext.BaseDirectory, "config", name));

        Assert.True(loaded.IsValid);
        Assert.Equal(warnings, string.Join(' ', loaded.Diagnostics.Where(diagnostic => diagnostic.Severity != Severity.Note).Select(diagnostic => diagnostic.Code)));
    }

    public void Dispose() => _folder.Dispose();
}
