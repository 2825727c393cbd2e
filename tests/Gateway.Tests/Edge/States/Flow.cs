using Gateway.Tests.Support;

namespace Gateway.Tests.Edge.States;

/// <summary>Choices that visitors make before a test.</summary>
internal static class Flow
{
    public const string Accept = """{"choice":"accept"}""";
    public const string Refuse = """{"choice":"refuse"}""";

    public static string Save(params string[] granted) =>
        $$"""{"choice":"save","granted":[{{string.Join(',', granted.Select(category => $"\"{category}\""))}}]}""";

    /// <summary>Makes a choice as the banner does.</summary>
    /// <returns>The consent cookie as the browser sends it.</returns>
    public static async Task<string?> ChooseAsync(TestGateway gateway, string json, string? cookies = null, string host = "localhost")
    {
        var response = await gateway.Client.ChooseAsync(json, [("Host", host), .. cookies is null ? [] : new[] { ("Cookie", cookies) }]);
        response.Answers(System.Net.HttpStatusCode.NoContent);
        return response.SetCookies()[0].Split(';')[0];
    }
}
