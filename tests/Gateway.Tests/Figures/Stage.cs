using Gateway.Tests.Support;

namespace Gateway.Tests.Figures;

/// <summary>The views that a visitor can see, and how to open them.</summary>
internal static class Stage
{
    /// <summary>The shadow root with all elements of the script.</summary>
    public const string Root = "document.querySelector('site-gateway').shadowRoot";

    /// <summary>The two equal buttons (accept, refuse) of the banner and of the dialog.</summary>
    public const string ButtonPairs = $"[...{Root}.querySelectorAll('.choice')]";

    public static readonly IReadOnlyList<string> Views = ["banner", "dialog", "saved", "settings", "policy"];

    /// <summary>The views that the script shows in a page of the site.</summary>
    public static readonly IReadOnlyList<string> Drawn = ["banner", "dialog", "saved"];

    /// <summary>Opens a view for a new visitor: the banner; the dialog with all details open; the message that a refusal was saved; the gateway's pages.</summary>
    /// <param name="query">Query of the page behind the banner; see <see cref="AuditedPages"/>.</param>
    public static async Task ShowAsync(this ITab tab, MeasuredSite site, string view, string language = "en", string query = "")
    {
        await tab.LeaveSiteAsync();
        await tab.ForgetAsync();
        await tab.GotoAsync(view switch
        {
            "settings" => site.Settings(language),
            "policy" => site.Policy(language),
            _ => site.Page($"lang={language}&{query}"),
        });
        // A check of an empty page would always pass.
        if (!Drawn.Contains(view))
            await tab.UntilAsync("document.querySelector('main h1')?.checkVisibility()");
        // The banner moves to the top layer in the next frame.
        if (Drawn.Contains(view))
            await tab.UntilAsync($"{Root}.querySelector('.bar')?.checkVisibility() && document.querySelector('site-gateway').matches(':popover-open')");
        if (view == "dialog")
        {
            await tab.OpenDialogAsync();
            await tab.EvaluateAsync<int>($"({Root}.querySelectorAll('details').forEach(one => one.open = true), 0)");
        }

        if (view == "saved")
            await tab.ChooseAsync(accepts: false);
    }

    /// <summary>Presses accept or refuse in the banner or, if there is no banner, in the dialog. Waits until the choice is in effect.</summary>
    public static async Task ChooseAsync(this ITab tab, bool accepts)
    {
        if (!await tab.EvaluateAsync<bool>($"!!{Root}.querySelector('.choice')"))
            await tab.OpenDialogAsync();
        // An open dialog makes the banner inert.
        await tab.DecideAsync(() => tab.PressOnAsync($"({Root}.querySelector('dialog') ?? {Root}).querySelectorAll('.choice')[{(accepts ? 0 : 1)}]"));
    }

    /// <summary>Opens the dialog from the banner or, if there is none, from the control.</summary>
    public static async Task OpenDialogAsync(this ITab tab)
    {
        await tab.PressOnAsync($"{Root}.querySelector('.bar .other, .pin button')");
        await tab.UntilAsync($"{Root}.querySelector('dialog')?.open");
    }

    /// <summary>Runs an action that makes a choice. Waits until the choice is in effect: the page says so, or was reloaded.</summary>
    public static async Task DecideAsync(this ITab tab, Func<Task> act)
    {
        await tab.EvaluateAsync<int>($"({Root}.isOld = true, 0)");
        await act();
        await tab.UntilAsync($"document.readyState === 'complete' && {Root}.querySelector('.pin').checkVisibility() && !{Root}.querySelector('dialog')"
            + $" && ({Root}.querySelector('.said').matches('.on') || !{Root}.isOld)");
    }
}
