using System.Net;
using Gateway.Sites;

namespace Gateway.Config.Rules;

/// <summary>Rules for the settings of the process: addresses, certificate, operator and trusted proxies.</summary>
internal static class ProcessRules
{
    public static void Check(GatewayConfig config, Surroundings surroundings, Diagnostics diagnostics)
    {
        CheckListen(config, surroundings, diagnostics);
        CheckCertificate(config, surroundings, diagnostics);
        CheckOperator(config, diagnostics);
        for (var i = 0; i < config.TrustedProxies.Count; i++)
            CheckProxy(config.TrustedProxies[i], diagnostics.At("trustedProxies", i));
    }

    private static void CheckListen(GatewayConfig config, Surroundings surroundings, Diagnostics diagnostics)
    {
        for (var i = 0; i < config.Listen.Count; i++)
            CheckAddress(config.Listen[i], diagnostics.At("listen", i));

        if (surroundings.IsContainer && config.Listen.All(text => ListenAddress.TryParse(text, out var address) && address.IsLoopback))
        {
            diagnostics.At("listen").Warn("process", string.Join(", ", config.Listen), "is only reachable from inside this container.",
                "Use an address such as \"http://0.0.0.0:8080\".");
        }
    }

    private static void CheckAddress(string text, Diagnostics diagnostics)
    {
        if (!ListenAddress.TryParse(text, out _))
        {
            diagnostics.Error("process", text, "is not a valid listen address: use an IP address, localhost or *, with a port up to 65535.",
                "Add host names under \"hosts\" of a site.");
        }
    }

    private static void CheckCertificate(GatewayConfig config, Surroundings surroundings, Diagnostics diagnostics)
    {
        var https = config.Listen.Append(config.Operator.Listen)
            .FirstOrDefault(address => address.StartsWith("https:", StringComparison.Ordinal));
        diagnostics = diagnostics.At("certificate");
        if (config.Certificate is not { } certificate)
        {
            if (https is not null)
            {
                diagnostics.Error("process", null, $"is missing, but \"{https}\" requires a certificate.",
                    "Specify \"file\" and \"keyFile\", or listen on http.");
            }

            return;
        }

        if (https is null)
            diagnostics.Warn("unused", null, "has no effect: no listen address uses https.", "Remove the key, or listen on https.");
        if (IsMissing(certificate.File, surroundings))
        {
            diagnostics.At("file").Error("process", certificate.File, "does not exist or cannot be read.",
                "Correct the path, or mount the file.");
        }

        if (IsMissing(certificate.KeyFile, surroundings))
        {
            diagnostics.At("keyFile").Error("process", certificate.KeyFile, "does not exist or cannot be read.",
                "Correct the path, or mount the file.");
        }

        var areThere = surroundings.FileExists(certificate.File) && surroundings.FileExists(certificate.KeyFile);
        if (areThere && surroundings.FaultOf(certificate) is { } fault)
            diagnostics.At(fault.Key).Error("process", fault.Key == "file" ? certificate.File : certificate.KeyFile, fault.Rule, fault.Remedy);
    }

    private static bool IsMissing(string file, Surroundings surroundings) => file.Length > 0 && !surroundings.FileExists(file);

    private static void CheckOperator(GatewayConfig config, Diagnostics diagnostics)
    {
        diagnostics = diagnostics.At("operator");
        CheckAddress(config.Operator.Listen, diagnostics.At("listen"));
        if (!ListenAddress.TryParse(config.Operator.Listen, out var operatorAddress))
            return;

        var conflict = config.Listen.FirstOrDefault(text => ListenAddress.TryParse(text, out var other) && operatorAddress.ConflictsWith(other));
        if (conflict is not null)
        {
            diagnostics.At("listen").Error("process", config.Operator.Listen, $"conflicts with the public address \"{conflict}\".",
                "Use a different port.");
        }

        if (!operatorAddress.IsLoopback && config.Operator.Token is null)
        {
            diagnostics.At("token").Error("process", null, $"is missing: \"{config.Operator.Listen}\" is reachable from other machines.",
                "Specify a token of at least 16 characters, preferably as \"${OPERATOR_TOKEN}\", or listen on 127.0.0.1.");
        }
    }

    private static void CheckProxy(string text, Diagnostics diagnostics)
    {
        if (text.EndsWith("/0", StringComparison.Ordinal))
        {
            diagnostics.Error("process", text, "trusts every address: any client could forge its IP address.",
                "Specify the address or network of the proxy in front of the gateway.");
        }
        else if (!ListenAddress.IsIPAddress(text) && !IPNetwork.TryParse(text, out _))
        {
            diagnostics.Error("process", text, "is not a valid IP address or CIDR network (the host bits must be 0).",
                "Use a network such as \"10.0.0.0/8\".");
        }
    }
}
