using System.Collections.Frozen;

namespace Gateway.Config.Rules;

/// <summary>
/// Names that are not available for a property of <c>window</c>: those of browsers that start with a lower-case letter, reserved words of
/// JavaScript, and names by which other tools are detected.
/// </summary>
internal static class WindowNames
{
    private const string Browsers =
        """
        __proto__ addEventListener alert atob blur btoa caches cancelAnimationFrame cancelIdleCallback captureEvents chrome clearInterval
        clearTimeout clientInformation close closed confirm console constructor content controllers cookieStore crashReport
        createImageBitmap credentialless crossOriginIsolated crypto customElements decodeURI decodeURIComponent devicePixelRatio
        dispatchEvent document documentPictureInPicture dump encodeURI encodeURIComponent escape eval event external fence fetch fetchLater
        find focus frameElement frames fullScreen getComputedStyle getDefaultComputedStyle getScreenDetails getSelection globalThis
        hasOwnProperty history indexedDB innerHeight innerWidth isFinite isNaN isPrototypeOf isSecureContext launchQueue length localStorage
        location locationbar matchMedia menubar moveBy moveTo name navigation navigator netscape offscreenBuffering open opener origin
        originAgentCluster outerHeight outerWidth pageXOffset pageYOffset parent parseFloat parseInt performance personalbar postMessage
        print prompt propertyIsEnumerable queryLocalFonts queueMicrotask releaseEvents removeEventListener reportError
        requestAnimationFrame requestIdleCallback requestResize resizeBy resizeTo safari scheduler screen screenLeft screenTop screenX
        screenY scroll scrollBy scrollByLines scrollByPages scrollMaxX scrollMaxY scrollTo scrollX scrollY scrollbars self sessionStorage
        setInterval setResizable setTimeout showDirectoryPicker showModalDialog showOpenFilePicker showSaveFilePicker sidebar sizeToContent
        speechSynthesis status statusbar stop structuredClone styleMedia toLocaleString toString toolbar top trustedTypes undefined unescape
        updateCommands valueOf viewport visualViewport when window
        """;

    private const string ReservedWords =
        """
        arguments async await break case catch class const continue debugger default delete do else enum export extends false finally for
        function get if implements import in instanceof interface let new null of package private protected public return set static super
        switch this throw true try typeof var void while with yield
        """;

    private const string Tools = "__cmp __gpp __tcfapi __uspapi dataLayer ga gtag jQuery $ _";

    private static readonly FrozenSet<string> Taken = $"{Browsers} {ReservedWords} {Tools}"
        .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool Contains(string name) => Taken.Contains(name) || IsHandler(name)
        || name.StartsWith("webkit", StringComparison.Ordinal) || name.StartsWith("moz", StringComparison.Ordinal);

    private static bool IsHandler(string name) => name.StartsWith("on", StringComparison.Ordinal) && name.All(char.IsAsciiLetterLower);
}
