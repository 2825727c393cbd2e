namespace Gateway.Tests.Support;

/// <summary>A tab of either browser.</summary>
internal interface ITab
{
    /// <summary>Goes to an address and waits until the page is complete.</summary>
    Task GotoAsync(string url);

    Task ReloadAsync();

    /// <summary>Evaluates an expression, awaits it if it is a promise, and returns the value by JSON.</summary>
    Task<T> EvaluateAsync<T>(string expression);

    /// <summary>Calls a function at the start of each further page, before the page's own scripts.</summary>
    Task AtStartAsync(string function);

    /// <summary>The window's inner size in CSS pixels.</summary>
    Task ResizeAsync(int width, int height);

    /// <summary>Presses keys one after the other, by the names of <c>KeyboardEvent.key</c>; <c>Shift+Tab</c> is one press.</summary>
    Task PressAsync(params string[] keys);

    /// <summary>Deletes all cookies.</summary>
    Task ForgetAsync();

    /// <summary>All cookies by name: the value, and when the cookie expires; null with the session.</summary>
    Task<IReadOnlyDictionary<string, StoredCookie>> CookiesAsync();

    /// <summary>The sorted names of all cookies. Those of <c>HttpOnly</c> cookies have a star.</summary>
    Task<string> JarAsync();
}

/// <summary>A cookie that a browser has stored.</summary>
internal sealed record StoredCookie(string Value, DateTimeOffset? Expires);
