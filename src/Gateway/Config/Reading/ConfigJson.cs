using System.Text.Json.Serialization;

namespace Gateway.Config.Reading;

/// <summary>
/// Serialisation without reflection. A trap: for members with <c>init</c> it writes null over their defaults where a key is
/// absent; so it only ever reads what <see cref="ConfigReader"/> wrote, which has every default of the schema filled in.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(GatewayConfig))]
internal sealed partial class ConfigJson : JsonSerializerContext;
