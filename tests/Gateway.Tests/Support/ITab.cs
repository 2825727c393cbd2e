namespace Gateway.Tests.Support;

/// <summary>A tab, driven in the same words whichever browser it belongs to.</summary>
internal interface ITab
{
    /// <summary>Goes to an address and waits until the page is complete.</summary>
    Task GotoAsync(string url);

    Task ReloadAsync();

    /// <summary>The value of an expression, or what it promises, as JSON carries it.</summary>
    Task<T> EvaluateAsync<T>(string expression);

    /// <summary>Calls a function at the start of each further page, before the page's own scripts.</summary>
    Task AtStartAsync(string function);

    /// <summary>The window's inner size in CSS pixels.</summary>
    Task ResizeAsync(int width, int height);

    /// <summary>Presses keys one after the other, by the names of <c>KeyboardEvent.key</c>; <c>Shift+Tab</c> is one press.</summary>
    Task PressAsync(params string[] keys);

    /// <summary>Empties the jar.</summary>
    Task ForgetAsync();

    /// <summary>Names of all cookies in the jar, with a star where they are <c>HttpOnly</c>, in order.</summary>
    Task<string> JarAsync();
}
