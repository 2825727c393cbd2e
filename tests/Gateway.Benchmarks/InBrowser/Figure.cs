namespace Gateway.Benchmarks.InBrowser;

/// <summary>A line of the table.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Target">What was aimed at, and in brackets the best of the peers.</param>
/// <param name="How">A sentence for below the table.</param>
internal sealed record Figure(string Name, string Target, string How)
{
    public static readonly Figure
        Size = new("script, styles, two languages, both layers, 50 entries; brotli", "≤ 8 kB (7.0 with one layer; 13.0)", "The file that the gateway serves, in the coding it prefers."),
        Requests = new("requests added on a first view / a later view", "1 / 0", "What went out to the network by resource timing; what the browser's own cache answered is not among it."),
        Paint = new("first contentful paint added: first view / later views", "≤ one round trip + 10 ms / ≤ 3 ms", "Paint timing of the page with the line, less that of the same page without it; medians, with and without in turn, each in a profile of its own. On loopback, and with 150 ms, 1.6 Mbit/s and a CPU four times slower (emulated over CDP)."),
        Visible = new("banner visible after first contentful paint: loopback / slow 4G and CPU x4", "≤ 10 ms / ≤ 20 ms (14 / 115)", "From the paint, which is told as the time on the screen, to the moment when the main thread is done with the first frame in which the banner has a box; 0 where that is before the paint."),
        Cpu = new("script CPU / main-thread CPU added", "≤ 4 ms / ≤ 10 ms (5.1 / 11.9)", "Performance.getMetrics in thread time half a second after the load: ScriptDuration and V8CompileDuration, and TaskDuration; with the line less without it."),
        LongTasks = new("long tasks at CPU x4, added / longest", "0 (2)", "The Long Tasks API on the slow profile: median count with the line less without it, and the median of the longest with / without."),
        Shift = new("layout shift", "0 (0)", "The Layout Instability API (Chromium), and boxes of the page's elements that stand elsewhere than without the line (both)."),
        Dead = new("dead time of the buttons", "0 ms (1, from the banner's appearance)", "From the first frame in which the banner has a box to the moment of the first press of Customise that opens the dialog, pressed again and again; then how long the dialog with its fifty entries takes."),
        Heap = new("JS heap added", "≤ 120 kB (147)", "JSHeapUsedSize after two collections, with the line less without it."),
        Phone = new("share of a 360 x 640 screen covered", "≤ 50 % (18–46 %)", "The banner's box against the window's."),
        Small = new("share of a 320 x 256 screen covered; out of reach there", "all reachable (46–92 %)", "What neither focus nor scrolling inside the banner brings wholly before the eyes."),
        Axe = new("axe-core rules violated: banner, dialog, saved message, settings, policy; plain, hostile CSS, dark, forced colours", "0", "axe-core 4.14, WCAG 2.0 to 2.2 A and AA and best practice; on hostile pages our own elements alone. Dark and forced colours in Chromium only: BiDi has no emulation of them in this Firefox."),
        Changed = new("computed properties of the banner changed by hostile CSS", "0 (27)", "All computed properties and boxes of every visible element of banner, dialog and saved message under six style sheets, against the plain page."),
        Broken = new("violations under strict CSP and Trusted Types", "0 (0)", "securitypolicyviolation events while the banner asks, the dialog opens, a choice is refused, and all is accepted later."),
        Left = new("tracker cookies or keys left after refuse / after withdraw", "0 / 0 (1 / 2)", "Cookies over HTTP, HttpOnly, with a path, for the parent domain, written by script, local and session storage: what is in the browser after the choice and after one more page.");
}
