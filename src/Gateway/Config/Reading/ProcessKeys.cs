namespace Gateway.Config.Reading;

/// <summary>The keys that are read at start only.</summary>
internal static class ProcessKeys
{
    /// <summary>The new sites under the addresses and trust that the process started with.</summary>
    public static GatewayConfig Keep(GatewayConfig started, GatewayConfig next) => started with { Sites = next.Sites };

    /// <summary>One warning for each key that differs from what is in effect.</summary>
    public static IEnumerable<Diagnostic> Changed(string path, GatewayConfig started, GatewayConfig next)
    {
        (string Key, bool IsSame)[] keys =
        [
            ("listen", started.Listen.SequenceEqual(next.Listen)),
            ("certificate", started.Certificate == next.Certificate),
            ("operator", started.Operator == next.Operator),
            ("trustedProxies", started.TrustedProxies.SequenceEqual(next.TrustedProxies)),
        ];
        return keys.Where(key => !key.IsSame).Select(key => new Diagnostic
        {
            File = path,
            Path = key.Key,
            Rule = "has changed, but is read at start only.",
            Remedy = "It takes effect at the next start.",
            Severity = Severity.Warning,
            Code = "process",
        });
    }
}
