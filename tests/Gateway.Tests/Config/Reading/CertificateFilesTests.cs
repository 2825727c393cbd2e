using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Config.Reading;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Config.Reading;

/// <summary>What <c>run</c> could not use, <c>check</c> reports with its place.</summary>
public sealed class CertificateFilesTests : IDisposable
{
    private readonly ConfigFolder _folder = new();

    [Theory]
    [InlineData("good", "good", null)]
    [InlineData("chain", "good", null)]
    [InlineData("good", "ec", null)]
    [InlineData("text", "good", "certificate.file: is not a PEM file with a certificate.")]
    [InlineData("der", "good", "certificate.file: is not a PEM file with a certificate.")]
    [InlineData("key only", "good", "certificate.file: is not a PEM file with a certificate.")]
    [InlineData("broken", "good", "certificate.file: contains a certificate that cannot be read.")]
    [InlineData("good", "text", "certificate.keyFile: is not a PEM file with a private key.")]
    [InlineData("good", "public", "certificate.keyFile: is not a PEM file with a private key.")]
    [InlineData("good", "other", "certificate.keyFile: is not the private key of the certificate.")]
    [InlineData("good", "rsa", "certificate.keyFile: is not the private key of the certificate.")]
    [InlineData("good", "broken", "certificate.keyFile: is not the private key of the certificate.")]
    [InlineData("good", "encrypted", "certificate.keyFile: is encrypted with a password.")]
    public void A_certificate_that_cannot_be_used_is_an_error(string certificate, string key, string? problem)
    {
        Write(certificate, key);
        var loaded = new ConfigLoader(_ => null, World.Clock()).Load(_folder.File("gateway.json"));

        Assert.Equal(problem is null ? [] : [problem], loaded.Errors.Select(error => $"{error.Path}: {error.Rule}"));
        Assert.All(loaded.Errors, error => Assert.True(error is { Line: > 0, Remedy: not null }));
    }

    [Fact]
    public async Task Run_does_not_start_with_a_certificate_that_cannot_be_used()
    {
        Write("text", "good");
        var (code, output, errors) = await GatewayProgram.RunAsync(_folder.Path, "run", "--config", "gateway.json");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("certificate.file: ", errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Write(string certificate, string key)
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var rsa = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", own, HashAlgorithmName.SHA256).CreateSelfSigned(TestSites.Noon.AddYears(-1), TestSites.Noon.AddYears(1));
        var pem = made.ExportCertificatePem();
        File.WriteAllBytes(_folder.File("certificate.pem"), certificate == "der" ? made.RawData : System.Text.Encoding.ASCII.GetBytes(certificate switch
        {
            "good" => pem,
            "chain" => pem + "\n" + pem,
            "key only" => own.ExportPkcs8PrivateKeyPem(),
            "broken" => PemEncoding.WriteString("CERTIFICATE", [1, 2, 3]),
            _ => "no certificate",
        }));
        _folder.Write("key.pem", key switch
        {
            "good" => own.ExportPkcs8PrivateKeyPem(),
            "ec" => own.ExportECPrivateKeyPem(),
            "other" => other.ExportPkcs8PrivateKeyPem(),
            "rsa" => rsa.ExportRSAPrivateKeyPem(),
            "public" => own.ExportSubjectPublicKeyInfoPem(),
            "broken" => PemEncoding.WriteString("PRIVATE KEY", [1, 2, 3]),
            "encrypted" => own.ExportEncryptedPkcs8PrivateKeyPem("secret", new(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1)),
            _ => "no key",
        });
        _folder.Write("gateway.json", $$"""
            {
              "listen": ["https://127.0.0.1:0"], "operator": { "listen": "http://127.0.0.1:0" },
              "certificate": { "file": "{{_folder.File("certificate.pem")}}", "keyFile": "{{_folder.File("key.pem")}}" },
              "sites": [ {{World.SiteJson("site", "localhost")}} ]
            }
            """);
    }
}
