using Gateway.Tests.Django;
using Gateway.Tests.Support;
using Xunit;

[assembly: AssemblyFixture(typeof(DjangoSite))]

namespace Gateway.Tests.Django;

/// <summary>A request in the site's access log.</summary>
/// <param name="Cookies">Names of the cookies in the request, sorted.</param>
internal sealed record LoggedRequest(string Method, string Path, string Cookies);

/// <summary>
/// Debian's unmodified Django behind gunicorn, with the small site in folder <c>site</c>: administration, sessions, languages, SQLite. It
/// starts with the first test that needs it. If it is not installed, the test is skipped; with <c>CI=true</c> it fails.
/// </summary>
/// <remarks>One worker answers all requests in sequence. Tests that read its log must be in <see cref="Collection"/>.</remarks>
public sealed class DjangoSite : IAsyncLifetime
{
    /// <summary>Tests in this collection do not run in parallel, so that each reads only its own requests in the log.</summary>
    public const string Collection = "Django";

    internal const string User = "admin";
    internal const string Password = "correct horse battery staple";

    private const string Python = "/usr/bin/python3";
    private const string Gunicorn = "/usr/bin/gunicorn";
    private const string Framework = "/usr/lib/python3/dist-packages/django";

    private static readonly string Source = Repository.Path("tests/Gateway.Tests/Django/site");

    private readonly SemaphoreSlim _starting = new(1);
    private readonly string _data = Directory.CreateTempSubdirectory("gateway-django-").FullName;
    private readonly HttpClient _direct = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
    private ChildProcess? _server;
    private string? _url;
    private int _read;

    /// <summary>The site's own address, without the gateway.</summary>
    public async Task<string> UrlAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _url ??= await StartAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.TerminateAsync();
            await _server.ExitAsync();
            await _server.DisposeAsync();
        }

        _direct.Dispose();
        _starting.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>The requests since the last call, without those for static files.</summary>
    internal async Task<IReadOnlyList<LoggedRequest>> LogAsync()
    {
        // The worker writes a log line before it accepts the next request, so after this request all earlier lines are in the file.
        await _direct.GetAsync(new Uri($"{await UrlAsync()}static/read-the-log"));
        var lines = (await File.ReadAllLinesAsync(Path.Combine(_data, "access.log"))).Skip(_read).ToList();
        _read += lines.Count;
        return [.. lines.Select(Parse).Where(request => !request.Path.StartsWith("/static/", StringComparison.Ordinal))];
    }

    private static LoggedRequest Parse(string line)
    {
        var parts = line.Split(' ', 3);
        var pairs = parts[2] == "-" ? [] : parts[2].Split("; ");
        return new(parts[0], parts[1], string.Join(' ', pairs.Select(pair => pair.Split('=')[0]).Order(StringComparer.Ordinal)));
    }

    private async Task<string> StartAsync()
    {
        if (Array.Find([Python, Gunicorn, Framework], file => !Path.Exists(file)) is { } missing)
        {
            var reason = $"No {missing}: install Debian's \"python3-django\" and \"gunicorn\".";
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Skip(reason);
        }

        await PrepareAsync("migrate", "-v", "0");
        await PrepareAsync("createsuperuser", "--noinput", "-v", "0");
        _server = Run(Gunicorn, "wsgi");
        var listening = await _server.SaysAsync(@"Listening at: (http://127\.0\.0\.1:\d+)");
        return $"{listening.Groups[1].Value}/";
    }

    private async Task PrepareAsync(params string[] command)
    {
        await using var django = Run("-m", ["django", .. command]);
        Assert.True(await django.ExitAsync() == 0, $"{django.Output}\n{django.Errors}");
    }

    // Debian's Python has Debian's Django; another Python in PATH does not. Nothing is written into the repository.
    private ChildProcess Run(string what, params string[] arguments)
    {
        var environment = new Dictionary<string, string>
        {
            ["SITE_DATA"] = _data,
            ["DJANGO_SETTINGS_MODULE"] = "settings",
            ["DJANGO_SUPERUSER_USERNAME"] = User,
            ["DJANGO_SUPERUSER_EMAIL"] = "admin@example.org",
            ["DJANGO_SUPERUSER_PASSWORD"] = Password,
            ["PYTHONDONTWRITEBYTECODE"] = "1",
            ["PYTHONPATH"] = Source,
        };
        return ChildProcess.Start(Python, [what, .. arguments], Source, environment);
    }
}
