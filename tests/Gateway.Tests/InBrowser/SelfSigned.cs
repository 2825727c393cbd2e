using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Config;
using Gateway.Tests.Support;

namespace Gateway.Tests.InBrowser;

/// <summary>A certificate that lives as long as the test run.</summary>
internal static class SelfSigned
{
    public static readonly Lazy<CertificateConfig> Certificate = new(() =>
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={ShippedSites.PlainHost}", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));

        var folder = Directory.CreateTempSubdirectory("gateway-tls-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        var config = new CertificateConfig { File = Path.Combine(folder, "site.pem"), KeyFile = Path.Combine(folder, "site.key") };
        File.WriteAllText(config.File, certificate.ExportCertificatePem());
        File.WriteAllText(config.KeyFile, key.ExportPkcs8PrivateKeyPem());
        return config;
    });
}
