using System.Net;

namespace Gateway.Config.Rules;

/// <summary>What is read at start only: addresses, certificate, operator, trusted proxies.</summary>
internal static class ProcessRules
{
    public static void Check(GatewayConfig config, Func<string, bool> fileExists, Diagnostics found)
    {
        CheckListen(config, found);
        CheckCertificate(config, fileExists, found);
        CheckOperator(config, found);
        for (var i = 0; i < config.TrustedProxies.Count; i++)
            CheckProxy(config.TrustedProxies[i], found.At("trustedProxies", i));
    }

    private static void CheckListen(GatewayConfig config, Diagnostics found)
    {
        for (var i = 0; i < config.Listen.Count; i++)
            CheckAddress(config.Listen[i], found.At("listen", i));
    }

    private static void CheckAddress(string text, Diagnostics found)
    {
        if (!ListenAddress.TryParse(text, out _))
        {
            found.Error("process", text, "is not an address of this machine: an IP address, localhost or *, with a port up to 65535.",
                "Name hosts under a site's \"hosts\".");
        }
    }

    private static void CheckCertificate(GatewayConfig config, Func<string, bool> fileExists, Diagnostics found)
    {
        var https = config.Listen.Append(config.Operator.Listen)
            .FirstOrDefault(address => address.StartsWith("https:", StringComparison.Ordinal));
        found = found.At("certificate");
        if (config.Certificate is not { } certificate)
        {
            if (https is not null)
            {
                found.Error("process", null, $"is missing, but \"{https}\" needs one.",
                    "Give its \"file\" and \"keyFile\", or listen on http.");
            }

            return;
        }

        if (https is null)
            found.Warn("unused", null, "has no effect: no address is https.", "Remove it, or listen on https.");
        if (certificate.File.Length > 0 && !fileExists(certificate.File))
        {
            found.At("file").Error("process", certificate.File, "does not exist, or cannot be read.",
                "Correct the path, or mount the file.");
        }

        if (certificate.KeyFile.Length > 0 && !fileExists(certificate.KeyFile))
        {
            found.At("keyFile").Error("process", certificate.KeyFile, "does not exist, or cannot be read.",
                "Correct the path, or mount the file.");
        }
    }

    private static void CheckOperator(GatewayConfig config, Diagnostics found)
    {
        found = found.At("operator");
        CheckAddress(config.Operator.Listen, found.At("listen"));
        if (!ListenAddress.TryParse(config.Operator.Listen, out var own))
            return;

        var collision = config.Listen.FirstOrDefault(text => ListenAddress.TryParse(text, out var other) && own.Collides(other));
        if (collision is not null)
        {
            found.At("listen").Error("process", config.Operator.Listen, $"collides with the public \"{collision}\".",
                "The two are told apart by their port: give this one another.");
        }

        if (!own.IsLoopback && config.Operator.Token is null)
        {
            found.At("token").Error("process", null, $"is missing: others can reach \"{config.Operator.Listen}\".",
                "Give one of at least 16 characters, best as \"${OPERATOR_TOKEN}\", or listen on 127.0.0.1.");
        }
    }

    private static void CheckProxy(string text, Diagnostics found)
    {
        if (text.EndsWith("/0", StringComparison.Ordinal))
        {
            found.Error("process", text, "trusts every address: anybody could claim to be any visitor.",
                "Name the network of the proxy in front.");
        }
        else if (!ListenAddress.IsAddress(text) && !IPNetwork.TryParse(text, out _))
        {
            found.Error("process", text, "is neither an IP address nor a network (whose bits after the prefix are 0).",
                "Write for example \"10.0.0.0/8\".");
        }
    }
}
