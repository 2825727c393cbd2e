using Gateway.Config.Reading;
using Gateway.Cookies;
using Gateway.Sites;

namespace Gateway.Commands;

/// <summary><c>gateway preview --link</c>: writes a link that shows one browser an observed site as it is to be, for an hour.</summary>
internal static class PreviewLinkMaker
{
    /// <summary>0 with the link as all of the output; 2 where the configuration does not allow for one.</summary>
    /// <param name="path">The configuration of the gateway that serves the site.</param>
    /// <param name="address">Of any page of the site.</param>
    /// <param name="output">Gets the link.</param>
    /// <param name="error">Gets what is to be known of it, or what is wrong.</param>
    /// <param name="time">From when the hour counts.</param>
    public static int Run(string path, string address, TextWriter output, TextWriter error, TimeProvider time)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            return Usage.Refuse("--link is the address of a site, such as https://www.example.org.", error);

        var loaded = new ConfigLoader(Environment.GetEnvironmentVariable, time).Load(path);
        foreach (var problem in loaded.Errors)
            error.WriteLine(problem);
        if (!loaded.IsValid)
            return Usage.Wrong;

        var now = time.GetUtcNow();
        var today = now.ToUtcDate();
        var snapshot = loaded.Config.Compile(today, today);
        var site = snapshot.Find(url.Host);
        if (Reason(snapshot, site, url) is { } reason)
        {
            error.WriteLine(reason);
            return Usage.Wrong;
        }

        output.WriteLine($"{url.GetLeftPart(UriPartial.Authority)}{site!.Config.Prefix}/preview?pass={snapshot.Pass!.Make(site.Config, now)}");
        error.WriteLine($"Until {now + PreviewPass.Life:HH:mm} UTC the browser that opens this link sees the site enforced and is asked, as a test. Nobody else is.");
        return 0;
    }

    private static string? Reason(Snapshot snapshot, Site? site, Uri url)
    {
        if (site is null)
            return $"No site of the configuration has the host \"{url.Host}\". Add it under \"hosts\", or name another address.";
        if (site.Test is null)
            return $"Site \"{site.Config.Id}\" is enforced: every browser sees it so. A link is for a site whose mode is observe or off.";
        return snapshot.Pass is null
            ? "operator.token: is missing, and links are signed with it. Give one of at least 16 characters, best as \"${OPERATOR_TOKEN}\", and start the gateway with it."
            : null;
    }
}
