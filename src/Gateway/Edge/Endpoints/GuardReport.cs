using System.Text.Json;
using Gateway.Cookies;
using Gateway.Script;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// The body of a report from the script in a page: a JSON array of <c>["cookie" | "localStorage" | "sessionStorage", name]</c> for each name
/// that was blocked, and of <c>["error", part]</c> for each part of the script that failed.
/// </summary>
/// <param name="Names">The blocked names.</param>
/// <param name="FailedParts">Parts of the script: of <see cref="ScriptFeatures.AllParts"/>, or <see cref="OtherPart"/>.</param>
internal sealed record GuardReport(IReadOnlyList<(EntryKind Kind, string Name)> Names, IReadOnlyList<string> FailedParts)
{
    /// <summary>A part that this release does not know. The script of another release may have sent it.</summary>
    public const string OtherPart = "other";

    /// <summary>Most entries in a report.</summary>
    public const int Most = 50;

    /// <summary>Most UTF-16 code units of a name.</summary>
    public const int Longest = 100;

    // JSON can escape each code unit as six characters.
    private const int LongestBody = Most * (Longest * 6 + 32);

    /// <returns>The report; or null with the status code and text of the response.</returns>
    public static async Task<(GuardReport? Report, int Status, string Reason)> ReadAsync(HttpRequest request, TimeProvider time)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (null, StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json.\n");
        var (body, status, reason) = await GatewayPost.ReadAsync(request, LongestBody, time);
        if (body is null)
            return (null, status, reason);

        return Read(body) is { } report
            ? (report, 0, "")
            : (null, StatusCodes.Status400BadRequest, $"The body must be an array of at most {Most} pairs [kind, name], with names of at most {Longest} characters.\n");
    }

    private static GuardReport? Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 3 });
            var list = document.RootElement;
            if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > Most)
                return null;

            var names = new List<(EntryKind, string)>();
            var failedParts = new List<string>();
            foreach (var item in list.EnumerateArray())
            {
                if (!IsPair(item) || item[1].GetString() is not { Length: <= Longest } name)
                    return null;

                if (KindOf(item[0].GetString()) is { } kind)
                    names.Add((kind, name));
                else if (item[0].ValueEquals("error"))
                    failedParts.Add(ScriptFeatures.AllParts.Contains(name) ? name : OtherPart);
                else
                    return null;
            }

            return new(names, failedParts);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The body is not JSON, or a string has half a surrogate pair.
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
        "indexedDB" => EntryKind.IndexedDB,
        "cacheStorage" => EntryKind.CacheStorage,
        "serviceWorker" => EntryKind.ServiceWorker,
        _ => null,
    };
}
