namespace Gateway.Config.Reading;

/// <summary>The keys of the process: they are read once, when the gateway starts, and only one file of a folder may contain them.</summary>
internal static class ProcessKeys
{
    private static readonly (string Name, Func<GatewayConfig, GatewayConfig, bool> IsSame)[] Keys =
    [
        ("listen", (one, other) => one.Listen.SequenceEqual(other.Listen)),
        ("certificate", (one, other) => one.Certificate == other.Certificate),
        ("operator", (one, other) => one.Operator == other.Operator),
        ("trustedProxies", (one, other) => one.TrustedProxies.SequenceEqual(other.TrustedProxies)),
        ("forwardedHeaders", (one, other) => one.ForwardedHeaders.SequenceEqual(other.ForwardedHeaders)),
    ];

    /// <summary>The names of the keys.</summary>
    public static IEnumerable<string> Names => Keys.Select(key => key.Name);

    /// <summary>The new sites with the process settings that the gateway was started with.</summary>
    public static GatewayConfig Keep(GatewayConfig started, GatewayConfig next) => started with { Sites = next.Sites };

    /// <summary>A warning for each key that differs from the settings in effect.</summary>
    public static IEnumerable<Diagnostic> Changed(string path, GatewayConfig started, GatewayConfig next) => Keys
        .Where(key => !key.IsSame(started, next))
        .Select(key => new Diagnostic
        {
            File = path,
            Path = key.Name,
            Rule = "has changed, but is only read at startup.",
            Remedy = "Restart the gateway to apply the change.",
            Severity = Severity.Warning,
            Code = "process",
        });
}
