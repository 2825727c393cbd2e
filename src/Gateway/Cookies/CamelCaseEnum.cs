using System.Text.Json;
using System.Text.Json.Serialization;

namespace Gateway.Cookies;

/// <summary>Reads and writes an enum value as its name in camel case (<c>localStorage</c>); rejects numbers.</summary>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
