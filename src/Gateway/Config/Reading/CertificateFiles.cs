using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Sites;

namespace Gateway.Config.Reading;

/// <summary>Reads the PEM files of the certificate, for the listeners and for the check of the configuration.</summary>
internal static class CertificateFiles
{
    private static readonly string[] KeyLabels = ["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"];

    /// <summary>The certificate with its key, and its intermediates. Clients that do not know the issuer need them.</summary>
    /// <exception cref="CryptographicException">The files are no certificate, or no key of it.</exception>
    public static (X509Certificate2 Certificate, X509Certificate2Collection Chain) Load(CertificateConfig config)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(config.File);
        return (X509Certificate2.CreateFromPemFile(config.File, config.KeyFile), [.. chain.Skip(1)]);
    }

    /// <summary>Why the certificate cannot be used; null if it can. The files exist.</summary>
    public static CertificateFault? FaultOf(CertificateConfig config)
    {
        try
        {
            var labels = Labels(config.KeyFile).ToList();
            if (!Labels(config.File).Contains("CERTIFICATE"))
                return new("file", "is not a PEM file with a certificate.", "Convert it to PEM: it begins with \"-----BEGIN CERTIFICATE-----\".");
            if (labels.Contains("ENCRYPTED PRIVATE KEY"))
                return new("keyFile", "is encrypted with a password.", "Decrypt it, such as with \"openssl pkey\", and restrict who can read the file.");
            if (!labels.Exists(KeyLabels.Contains))
                return new("keyFile", "is not a PEM file with a private key.", "Convert it to PEM: it begins with \"-----BEGIN PRIVATE KEY-----\".");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new("file", "cannot be read, or its key cannot.", "Allow the user of the gateway to read both files.");
        }

        try
        {
            Load(config).Certificate.Dispose();
            return null;
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            return IsCertificate(config.File)
                ? new("keyFile", "is not the private key of the certificate.", "Use the key with which the certificate was requested.")
                : new("file", "contains a certificate that cannot be read.", "Export the certificate again.");
        }
    }

    private static bool IsCertificate(string file)
    {
        try
        {
            X509Certificate2.CreateFromPem(File.ReadAllText(file)).Dispose();
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private static List<string> Labels(string file)
    {
        var labels = new List<string>();
        var rest = File.ReadAllText(file).AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            labels.Add(rest[fields.Label].ToString());
            rest = rest[fields.Location.End..];
        }

        return labels;
    }
}
