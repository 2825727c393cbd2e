// Types that violate the architecture rules, for the test that violations are found. They never run. Each type contains its forbidden
// reference in one way only, so that the test proves each way separately.

#pragma warning disable CS0649 // Fields that are only there for their type.

namespace Gateway.Edge.WrongSample
{
    internal class Target
    {
        public static int Count;
        public static void Touch() { }
        public static T Same<T>(T value) => value;

        internal sealed class Inner;
    }

    internal interface IKnock
    {
        void Knock();
    }

    internal enum Level : byte { Low = 1 }

    [AttributeUsage(AttributeTargets.All)]
    internal sealed class SignAttribute : Attribute
    {
        public Level Level { get; set; }
    }

    /// <summary>Allowed: a lower namespace, and HTTP.</summary>
    internal sealed class Allowed
    {
        public static Consent.WrongSample.Lower? Lower(Microsoft.AspNetCore.Http.HttpContext? context) => context is null ? new() : null;
    }
}

namespace Gateway.Commands.WrongSample
{
    /// <summary>Allowed: the only place that uses the system clock.</summary>
    internal static class Allowed
    {
        public static TimeProvider Clock => TimeProvider.System;
    }
}

namespace Gateway.Consent.WrongSample
{
    internal sealed class Lower;

    internal sealed class HigherRoom
    {
        public Pages.WrongSample.Beside? Beside;
    }
}

namespace Gateway.Pages.WrongSample
{
    internal sealed class Beside;

    internal sealed class RoomBeside
    {
        public Records.WrongSample.Beside? Beside { get; set; }

        /// <summary>Allowed.</summary>
        public Consent.WrongSample.Lower? Lower;
    }
}

namespace Gateway.Records.WrongSample
{
    internal sealed class Beside;
}

namespace Gateway.Cookies.WrongSample
{
    [AttributeUsage(AttributeTargets.All)]
    internal sealed class AboutAttribute(Type type) : Attribute
    {
        public Type Type => type;
    }

    internal sealed class Base : Edge.WrongSample.Target;

    internal sealed class Interface : Edge.WrongSample.IKnock
    {
        void Edge.WrongSample.IKnock.Knock() { }
    }

    internal sealed class Constraint<T> where T : Edge.WrongSample.Target;

    internal sealed class GenericArgument
    {
        public static object Make() => new Dictionary<string, List<Edge.WrongSample.Target[]>>();
    }

    internal sealed class GenericCall
    {
        public static int Call() => Array.Empty<Edge.WrongSample.Target.Inner>().Length;
    }

    internal sealed class Body
    {
        public static void Peek() => Edge.WrongSample.Target.Touch();
        public static int Read() => Edge.WrongSample.Target.Count;
        public static bool Is(object thing) => thing is Edge.WrongSample.Target;
    }

    internal sealed class Lambda
    {
        public static Func<int> Later(int more) => () => more + Edge.WrongSample.Target.Count;
    }

    internal sealed class Signature
    {
        public static void Take(Edge.WrongSample.Target?[] targets) => _ = targets;
        public static event Action<Edge.WrongSample.Target>? Happened { add { } remove { } }
    }

    [Edge.WrongSample.Sign(Level = Edge.WrongSample.Level.Low)]
    internal sealed class Attributed;

    internal sealed class AttributeArgument
    {
        [About(typeof(List<Edge.WrongSample.Target.Inner>))]
        public int Size { get; set; }
    }
}

namespace Gateway.Html.WrongSample
{
    internal sealed class Http
    {
        public static string? Header(object context) => (context as Microsoft.AspNetCore.Http.HttpContext)?.TraceIdentifier;
        public static Yarp.ReverseProxy.Configuration.RouteConfig? Route;
    }

    internal sealed class Clock
    {
        public static DateTime Now() => DateTime.UtcNow;
        public static long Ticks { get; } = Environment.TickCount64;
        public static long Watch() => System.Diagnostics.Stopwatch.GetTimestamp();
        public static Func<DateTimeOffset> Method() => TimeProvider.System.GetUtcNow;
    }

    internal sealed class Waits
    {
        public static async Task Delay() => await Task.Delay(TimeSpan.FromSeconds(1));
        public static IDisposable Timer() => new Timer(_ => { });
        public static IDisposable Periodic() => new PeriodicTimer(TimeSpan.FromSeconds(1));
        public static void Cancel(CancellationTokenSource source) => source.CancelAfter(1);
        public static Task<int> Wait(Task<int> task) => task.WaitAsync(TimeSpan.FromSeconds(1));
    }

    /// <summary>Allowed: the caller supplies the clock, or there is no wait.</summary>
    internal sealed class Allowed
    {
        public static Task Delay(TimeProvider clock) => Task.Delay(TimeSpan.FromSeconds(1), clock);
        public static Task<int> Wait(Task<int> task) => task.WaitAsync(CancellationToken.None);
        public static IDisposable Source() => new CancellationTokenSource();
        public static DateTimeOffset Parse(string text) => DateTimeOffset.Parse(text);
    }
}

namespace Gateway.Csp.WrongSample
{
    internal sealed class First
    {
        public Second? Next;

        /// <summary>Allowed: a type and its nested type may use each other.</summary>
        internal sealed class Inner
        {
            public First? Outer;
        }

        public Inner? Own;
    }

    internal sealed class Second
    {
        public static Type Back => typeof(First.Inner);
    }
}

namespace Gateway.Shed.WrongSample
{
    internal sealed class Tool;
}

namespace Gateway
{
    internal sealed class WrongSample
    {
        public Edge.WrongSample.Target? Target;
    }
}
