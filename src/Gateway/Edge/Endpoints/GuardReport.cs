using System.Text.Json;
using Gateway.Cookies;
using Gateway.Script;
using Microsoft.Net.Http.Headers;

namespace Gateway.Edge.Endpoints;

/// <summary>
/// What the script in a page reports: JSON, a list of <c>["cookie" | "localStorage" | "sessionStorage", name]</c> for each name that was
/// refused, and of <c>["error", part]</c> where a part of the script failed.
/// </summary>
/// <param name="Names">The names that were refused.</param>
/// <param name="FailedParts">Parts of the script, of <see cref="ScriptFeatures.AllParts"/> or <see cref="OtherPart"/>.</param>
internal sealed record GuardReport(IReadOnlyList<(EntryKind Kind, string Name)> Names, IReadOnlyList<string> FailedParts)
{
    /// <summary>Stands for every part that this release does not know: another release may have sent the script.</summary>
    public const string OtherPart = "other";

    /// <summary>Entries a page may send at once.</summary>
    public const int Most = 50;

    /// <summary>UTF-16 units a name may have.</summary>
    public const int Longest = 100;

    // Each unit of a name can be written with six characters.
    private const int LongestBody = Most * (Longest * 6 + 32);

    /// <summary>The report, or null with the status and the reason to answer with.</summary>
    public static async Task<(GuardReport? Report, int Status, string Reason)> ReadAsync(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (null, StatusCodes.Status415UnsupportedMediaType, "A report is application/json.\n");
        if (await GatewayPost.ReadAsync(request, LongestBody) is not { } body)
            return (null, StatusCodes.Status413PayloadTooLarge, $"A report has {LongestBody} bytes at most.\n");

        return Read(body) is { } report
            ? (report, 0, "")
            : (null, StatusCodes.Status400BadRequest, $"A report is a list of [kind, name], {Most} at most, of {Longest} characters at most.\n");
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
