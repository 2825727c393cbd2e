using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Config;
using Gateway.Sites;

namespace Gateway.Tests.Support;

/// <summary>A self-signed certificate as PEM files, for TLS and HTTP/2.</summary>
internal static class TestCertificate
{
    public const string Subject = "CN=localhost";

    private static readonly Lazy<CertificateConfig> Files = new(Create);

    /// <summary>A second public address, with TLS.</summary>
    public static GatewayConfig AlsoTls(GatewayConfig config) =>
        config with { Listen = ["http://127.0.0.1:0", "https://127.0.0.1:0"], Certificate = Files.Value };

    private static CertificateConfig Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(TestSites.Noon.AddYears(-10), TestSites.Noon.AddYears(10));
        var folder = Directory.CreateTempSubdirectory("gateway-tests-").FullName;
        var files = new CertificateConfig { File = Path.Combine(folder, "certificate.pem"), KeyFile = Path.Combine(folder, "key.pem") };
        File.WriteAllText(files.File, certificate.ExportCertificatePem());
        File.WriteAllText(files.KeyFile, key.ExportPkcs8PrivateKeyPem());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return files;
    }
}
