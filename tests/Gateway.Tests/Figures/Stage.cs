using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>What a visitor can have before the eyes, and how to get there.</summary>
internal static class Stage
{
    /// <summary>The root of all that the script draws.</summary>
    public const string Root = "document.querySelector('site-gateway').shadowRoot";

    /// <summary>The twins of the banner and of the dialog.</summary>
    public const string Twins = $"[...{Root}.querySelectorAll('.choice')]";

    public static readonly IReadOnlyList<string> Views = ["banner", "dialog", "saved", "settings", "policy"];

    /// <summary>Those that the script draws into a page of the site.</summary>
    public static readonly IReadOnlyList<string> Drawn = ["banner", "dialog", "saved"];

    /// <summary>Opens a view for a new visitor: the banner; the dialog, with all details; the message that a refusal was saved, and the control; our pages.</summary>
    /// <param name="query">Of the page under the banner; see <see cref="AuditedPages"/>.</param>
    public static async Task ShowAsync(this ITab tab, MeasuredSite site, string view, string language = "en", string query = "")
    {
        await tab.ForgetAsync();
        await tab.GotoAsync(view switch
        {
            "settings" => site.Settings(language),
            "policy" => site.Policy(language),
            _ => site.Page($"lang={language}&{query}"),
        });
        // Of an empty page nothing could be found fault with.
        if (!Drawn.Contains(view))
            await tab.UntilAsync("document.querySelector('main h1')?.checkVisibility()");
        // It moves to the top layer with the next frame.
        if (Drawn.Contains(view))
            await tab.UntilAsync($"{Root}.querySelector('.bar')?.checkVisibility() && document.querySelector('site-gateway').matches(':popover-open')");
        if (view == "dialog")
            await tab.EvaluateAsync<int>($"({Root}.querySelector('.bar .other').click(), {Root}.querySelectorAll('details').forEach(one => one.open = true), 0)");
        if (view == "saved")
            await tab.ChooseAsync(accepts: false);
    }

    /// <summary>Presses one of the banner's twins, or where it is gone one of the dialog's, and waits until the choice holds.</summary>
    public static async Task ChooseAsync(this ITab tab, bool accepts)
    {
        if (!await tab.EvaluateAsync<bool>($"!!{Root}.querySelector('.choice')"))
            await tab.EvaluateAsync<int>($"({Root}.querySelector('.pin button').click(), 0)");
        await tab.DecideAsync(() => tab.EvaluateAsync<int>($"({Twins}[{(accepts ? 0 : 1)}].click(), 0)"));
    }

    /// <summary>Does what decides, and waits until the choice holds: the page says so, or was loaded again.</summary>
    public static async Task DecideAsync(this ITab tab, Func<Task> act)
    {
        await tab.EvaluateAsync<int>($"({Root}.isOld = true, 0)");
        await act();
        await tab.UntilAsync($"document.readyState === 'complete' && {Root}.querySelector('.pin').checkVisibility() && !{Root}.querySelector('dialog')"
            + $" && ({Root}.querySelector('.said').matches('.on') || !{Root}.isOld)");
    }
}
