using System.Globalization;
using Gateway.Tests.Edge.Documents;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.WordPress;

/// <summary>
/// Debian's unmodified WordPress with its own web server of PHP and a MariaDB, with a theme that embeds trackers and a video of other hosts. It
/// starts with the first test that needs it. If it is not installed, the test is skipped; with <c>CI=true</c> it fails.
/// </summary>
public sealed class WordPressSite : IAsyncLifetime
{
    internal const string User = "admin";
    internal const string Password = "correct horse battery staple";
    internal const string Video = "video";

    private const string Php = "/usr/bin/php";
    private const string Database = "/usr/sbin/mariadbd";
    private const string Installation = "/usr/share/wordpress";

    /// <summary>The trackers in the head of each page.</summary>
    internal static readonly IReadOnlyList<UsualTag> Tags = [.. UsualTags.All.Where(tag => tag.Host is "matomo" or "analytics" or "pixel")];

    private static readonly string Source = Repository.Path("tests/Gateway.Tests/WordPress/site");

    // Short: it contains a socket, whose path is limited to 107 bytes.
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-wp-").FullName;
    private readonly List<ChildProcess> _running = [];
    private Uri? _url;

    /// <summary>Everything that is not the site: trackers and the video.</summary>
    internal Backend Others { get; private set; } = null!;

    private string Socket => Path.Combine(_data, "socket");

    /// <summary>The site's own address, without the gateway.</summary>
    internal async Task<Uri> UrlAsync() => _url ??= await StartAsync();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        // Nothing of it is kept. The workers of PHP would survive a polite end of their parent.
        foreach (var process in Enumerable.Reverse(_running))
            await process.DisposeAsync();

        if (Others is not null)
            await Others.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<Uri> StartAsync()
    {
        if (Array.Find([Php, Database, Installation], file => !Path.Exists(file)) is { } missing)
        {
            var reason = $"No {missing}: install Debian's \"wordpress\", \"php-cli\", \"php-mysql\" and \"mariadb-server\".";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        Others = await Backend.StartAsync(UsualTags.AnswerAsync);
        await StartDatabaseAsync();

        // A copy with its own configuration: WordPress looks for it beside itself.
        var root = Path.Combine(_data, "site");
        await DoneAsync("/bin/cp", "-rL", Installation, root);
        File.Copy(Path.Combine(Source, "wp-config.php"), Path.Combine(root, "wp-config.php"), overwrite: true);
        await DoneAsync("/bin/cp", "-r", Path.Combine(Source, "theme"), Path.Combine(root, "wp-content/themes/tracked"));
        await File.WriteAllTextAsync(
            Path.Combine(_data, "tags"), string.Concat(Tags.Select(tag => tag.Snippet.Replace("{host}", $"{tag.Host}.localhost:{Others.Url.Port}", StringComparison.Ordinal))));

        var url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{SharedCache.FreePort()}/"));
        _running.Add(Run(Php, "-d", "display_errors=stderr", "-S", url.Authority, "-t", root));
        await _running[^1].SaysAsync("Development Server .* started");
        await InstallAsync(url);
        return url;
    }

    private async Task StartDatabaseAsync()
    {
        var data = Path.Combine(_data, "database");
        await DoneAsync("/usr/bin/mariadb-install-db", "--no-defaults", $"--user={Environment.UserName}", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db");
        var first = Path.Combine(_data, "first.sql");
        await File.WriteAllTextAsync(first, "CREATE DATABASE IF NOT EXISTS wordpress;\n");
        _running.Add(Run(
            Database, "--no-defaults", $"--user={Environment.UserName}", $"--datadir={data}", $"--socket={Socket}", $"--pid-file={Path.Combine(_data, "pid")}", "--skip-networking",
            $"--init-file={first}", "--innodb-flush-log-at-trx-commit=0"));
        await _running[^1].SaysAsync("ready for connections");
    }

    // The form of the installation.
    private static async Task InstallAsync(Uri url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Eventually.Limit };
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["weblog_title"] = "Town library",
            ["user_name"] = User,
            ["admin_password"] = Password,
            ["admin_password2"] = Password,
            ["pw_weak"] = "on",
            ["admin_email"] = "library@example.org",
            ["blog_public"] = "0",
            ["language"] = "",
        });
        var answer = await client.PostAsync(new Uri(url, "wp-admin/install.php?step=2"), form);
        Assert.Contains("Success!", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task DoneAsync(string program, params string[] arguments)
    {
        await using var process = Run(program, arguments);
        Assert.True(await process.ExitAsync() == 0, $"{process.Output}\n{process.Errors}");
    }

    private ChildProcess Run(string program, params string[] arguments) => ChildProcess.Start(program, arguments, _data, new Dictionary<string, string>
    {
        ["SITE_SOCKET"] = Socket,
        ["SITE_TAGS"] = Path.Combine(_data, "tags"),
        ["SITE_VIDEO"] = Others is null ? "" : $"http://{Video}.localhost:{Others.Url.Port}/embed/1.html",
        ["PHP_CLI_SERVER_WORKERS"] = "4",
    });
}
