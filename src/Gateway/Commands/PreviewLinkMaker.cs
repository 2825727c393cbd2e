using System.Net;
using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Edge.Operator;
using Gateway.Sites;

namespace Gateway.Commands;

/// <summary><c>gateway preview --link</c>: creates a link that shows one browser an observed site as if it were enforced, for one hour.</summary>
internal static class PreviewLinkMaker
{
    /// <summary>
    /// Returns 0 with the link as the only output; 2 if the configuration does not allow a link; 1 if the running gateway would not accept it.
    /// </summary>
    /// <param name="path">The path of the configuration of the gateway that serves the site.</param>
    /// <param name="address">The URL of any page of the site.</param>
    /// <param name="running">The URL of the operator's listener of the running gateway; null for that of the configuration.</param>
    /// <param name="output">Receives the link.</param>
    /// <param name="error">Receives an explanation of the link, or the problems.</param>
    /// <param name="time">The clock from which the hour is measured.</param>
    public static async Task<int> RunAsync(string path, string address, string? running, TextWriter output, TextWriter error, TimeProvider time)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Usage.Reject("The option --link requires the URL of a site, such as https://www.example.org.", error);

        var loaded = new ConfigLoader(Environment.GetEnvironmentVariable, time).Load(path);
        foreach (var diagnostic in loaded.Errors)
            error.WriteLine(diagnostic);
        if (!loaded.IsValid)
            return ExitCode.InvalidConfiguration;

        var now = time.GetUtcNow();
        var snapshot = loaded.Config.Compile(time.Today(), time.Today());
        var site = snapshot.Find(url.Host);
        if (Reason(snapshot, site, url) is { } reason)
        {
            error.WriteLine(reason);
            return ExitCode.InvalidConfiguration;
        }

        var pass = snapshot.Pass!.Make(site!.Config, now);
        if (await RefusalAsync(running ?? HealthCommand.ConfiguredUrl(path), url.Host, pass) is { } refusal)
        {
            error.WriteLine(refusal);
            return ExitCode.Failed;
        }

        output.WriteLine($"{url.GetLeftPart(UriPartial.Authority)}{site.Config.Prefix}/preview?pass={pass}");
        error.WriteLine($"Until {now + PreviewPass.Life:HH:mm} UTC, the browser that opens this link sees the enforced site and its banner, as a test. Other visitors see no change.");
        return ExitCode.Ok;
    }

    // The token is read when the gateway starts: what the file says now need not be what the running gateway accepts.
    private static async Task<string?> RefusalAsync(string running, string host, string pass)
    {
        var url = new Uri(new Uri(running), $"{OperatorEndpoints.PassPath}?host={Uri.EscapeDataString(host)}&pass={Uri.EscapeDataString(pass)}");
        try
        {
            return await HealthCommand.GetAsync(url) switch
            {
                HttpStatusCode.OK => null,
                HttpStatusCode.Forbidden => "The running gateway does not accept links of this configuration: it was started without this \"operator.token\", or it does not observe this site. Restart it.",
                var status => $"{url.GetLeftPart(UriPartial.Authority)} returned {(int)status}: it is not the operator's listener of a gateway of this version. Specify it with --address.",
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
        {
            return $"{url.GetLeftPart(UriPartial.Authority)} does not respond ({exception.Message}): the link opens only while the gateway runs. Start it, or specify its operator's listener with --address.";
        }
    }

    private static string? Reason(Snapshot snapshot, Site? site, Uri url)
    {
        if (site is null)
            return $"No site has the host \"{url.Host}\". Add it under \"hosts\", or use a different URL.";
        if (site.Test is null)
            return $"Site \"{site.Config.Id}\" is enforced for all visitors. A link requires the mode \"observe\" or \"off\".";
        return snapshot.Pass is null
            ? "operator.token: is missing, but links are signed with it. Specify a token of at least 16 characters, preferably as \"${OPERATOR_TOKEN}\", and restart the gateway."
            : null;
    }
}
