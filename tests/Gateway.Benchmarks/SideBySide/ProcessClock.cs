using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace Gateway.Benchmarks.SideBySide;

/// <summary>The CPU time of a process in nanoseconds, threads that have ended included. <c>/proc/PID/stat</c> counts in steps of 10 ms.</summary>
internal static class ProcessClock
{
    private const int SchedulerTime = 2;

    public static double SecondsOf(int process) =>
        Read((~process << 3) | SchedulerTime, out var time) == 0 ? time.Seconds + (time.Nanoseconds / 1e9) : throw new InvalidOperationException($"Process {process} has ended.");

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "The generated code is unsafe, which this project does not allow. Nothing is marshalled.")]
    private static extern int Read(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Time(long Seconds, long Nanoseconds);
}
