using Gateway.Cookies;
using Gateway.Tests.Support;
using Gateway.Texts;
using Xunit;

namespace Gateway.Tests.Script;

/// <summary>The storage and cookie interfaces behave as on a page without the guard: names, texts, flags, results, and errors.</summary>
public sealed class InterfaceWalkTests(Browser chromium, Firefox firefox) : BothBrowsers(chromium, firefox)
{
    private static readonly EntryKind[] Kinds = [EntryKind.Cookie, EntryKind.LocalStorage, EntryKind.SessionStorage];

    /// <summary>A table that allows every name.</summary>
    private static readonly SiteNotice Everything = Notices.Of([.. Kinds.Select(kind => Notices.Necessary[1] with { Kind = kind, Names = ["*"] })]);

    /// <summary>A table that lists every name in a category that the visitor has not granted.</summary>
    private static readonly SiteNotice NothingYet = Notices.Of([.. Kinds.Select(kind => Notices.Ga with { Kind = kind, Names = ["*"] })]);

    [Theory, MemberData(nameof(Names))]
    public Task Allowed_names_are_used_as_without_the_guard(string name) => ComparesAsync(name, Everything, InterfaceWalk.Storage, InterfaceWalk.Cookies);

    // Keys that nobody declared can be read until the script ends, and a walk of the storage is one script.
    [Theory, MemberData(nameof(Names))]
    public Task Keys_that_are_not_in_the_table_are_used_as_without_the_guard_until_the_script_ends(string name) => ComparesAsync(name, Notices.Reference, InterfaceWalk.Storage);

    private Task ComparesAsync(string name, SiteNotice notice, params string[] walks) => RunAsync(name, async tab =>
    {
        await using var server = await PageServer.StartAsync(notice);
        foreach (var walk in walks)
        {
            await tab.GotoAsync(server.BareUrl);
            var bare = await tab.EvaluateAsync<string[]>(walk);
            await tab.GotoAsync(server.Url);
            var guarded = await tab.EvaluateAsync<string[]>(walk);

            Assert.True(bare.Length > 300);
            Assert.Equal(bare, guarded);
        }
    });
}
