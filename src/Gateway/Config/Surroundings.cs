using Gateway.Sites;

namespace Gateway.Config;

/// <summary>What the rules know about the machine on which the configuration is used.</summary>
/// <param name="FileExists">Whether a file that the configuration names exists and has content.</param>
/// <param name="FaultOf">Why a certificate cannot be used, if its files exist; null if it can.</param>
/// <param name="IsContainer">Whether this process is alone in a container, so that <c>localhost</c> is no other program.</param>
internal sealed record Surroundings(Func<string, bool> FileExists, Func<CertificateConfig, CertificateFault?> FaultOf, bool IsContainer);

/// <summary>Why a certificate cannot be used.</summary>
/// <param name="Key">The key of the file.</param>
/// <param name="Rule">What is wrong, as a continuation of the value.</param>
/// <param name="Remedy">What to do.</param>
internal sealed record CertificateFault(string Key, string Rule, string Remedy);
