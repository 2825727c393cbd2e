using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Sites;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Edge;

public class CertificateTests
{
    [Fact]
    public async Task Intermediate_certificates_are_sent()
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var root = Authority("CN=Root", rootKey).CreateSelfSigned(TestSites.Noon.AddYears(-1), TestSites.Noon.AddYears(9));
        using var middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var middle = Authority("CN=Middle", middleKey).Create(root, root.NotBefore, root.NotAfter, [1]).CopyWithPrivateKey(middleKey);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).Create(middle, root.NotBefore, root.NotAfter, [2]);

        var folder = Directory.CreateTempSubdirectory("gateway-tests-");
        var files = new CertificateConfig { File = Path.Combine(folder.FullName, "chain.pem"), KeyFile = Path.Combine(folder.FullName, "key.pem") };
        await File.WriteAllTextAsync(files.File, leaf.ExportCertificatePem() + "\n" + middle.ExportCertificatePem() + "\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(files.KeyFile, key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using (var gateway = await TestGateway.StartAsync(
            context => context.Response.WriteAsync("x"), config: config => TestCertificate.AlsoTls(config) with { Certificate = files }))
        {
            Assert.Contains(middle.Subject, await SubjectsSentBy(gateway.TlsUrl!));
        }

        folder.Delete(recursive: true);
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request;
    }

    private static async Task<IReadOnlyList<string>> SubjectsSentBy(Uri url)
    {
        var subjects = new List<string>();
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, url.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), false, (_, _, chain, _) =>
        {
            subjects.AddRange(chain!.ChainPolicy.ExtraStore.Select(certificate => certificate.Subject));
            return subjects.Count >= 0;
        });
        await tls.AuthenticateAsClientAsync("localhost");
        return subjects;
    }
}
