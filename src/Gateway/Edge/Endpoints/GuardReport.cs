using System.Text.Json;
using Gateway.Cookies;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Endpoints;

/// <summary>The names that a page sends: JSON, a list of <c>["cookie" | "localStorage" | "sessionStorage", name]</c>.</summary>
internal static class GuardReport
{
    /// <summary>Names a page may send at once.</summary>
    public const int Most = 50;

    /// <summary>UTF-16 units a name may have.</summary>
    public const int Longest = 100;

    // Each unit of a name can be written with six characters.
    private const int LongestBody = Most * (Longest * 6 + 32);

    /// <summary>The names, or null with the status and the reason to answer with.</summary>
    public static async Task<(IReadOnlyList<(EntryKind Kind, string Name)>? Names, int Status, string Reason)> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (null, StatusCodes.Status415UnsupportedMediaType, "Names are application/json.\n");
        if (await GatewayPost.ReadAsync(request, LongestBody) is not { } body)
            return (null, StatusCodes.Status413PayloadTooLarge, $"Names have {LongestBody} bytes at most.\n");

        return Read(body) is { } names
            ? (names, 0, "")
            : (null, StatusCodes.Status400BadRequest, $"Names are a list of [kind, name], {Most} at most, of {Longest} characters at most.\n");
    }

    private static List<(EntryKind Kind, string Name)>? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 3 });
            var list = document.RootElement;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > Most)
                return null;

            var names = new List<(EntryKind, string)>();
            foreach (var item in list.EnumerateArray())
            {
                if (!IsPair(item) || KindOf(item[0].GetString()) is not { } kind || item[1].GetString() is not { Length: <= Longest } name)
                    return null;
                names.Add((kind, name));
            }

            return names;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // No JSON; or half a surrogate pair, which is no text.
            return null;
        }
    }

    private static bool IsPair(JsonElement item) =>
        item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2
        && item[0].ValueKind == JsonValueKind.String && item[1].ValueKind == JsonValueKind.String;

    private static EntryKind? KindOf(string? word) => word switch
    {
        "cookie" => EntryKind.Cookie,
        "localStorage" => EntryKind.LocalStorage,
        "sessionStorage" => EntryKind.SessionStorage,
        _ => null,
    };
}
