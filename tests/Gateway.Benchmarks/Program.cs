using Gateway.Benchmarks;
using Gateway.Benchmarks.Attacks;
using Gateway.Benchmarks.InBrowser;
using Gateway.Benchmarks.Roles;
using Gateway.Benchmarks.SideBySide;

// "serve" and "attack" are for the child processes of the others. The other commands are for users.
return args switch
{
    ["serve", var role, .. var rest] => await Role.RunAsync(role, rest),
    ["side-by-side", .. var rest] => await Comparison.RunAsync(Options.Read(rest)),
    ["tail", .. var rest] => await Tail.RunAsync(Options.Read(["--rounds", "21", "--requests", "10000", .. rest])),
    ["settings", .. var rest] => await SettingsComparison.RunAsync(Options.Read(["--rounds", "5", "--requests", "40000", .. rest])),
    ["native", .. var rest] => await NativeComparison.RunAsync(Options.Read(rest)),
    ["memory-attacks", .. var rest] => await MemoryAttacks.RunAsync(Options.Read(["--requests", "5000", .. rest])),
    ["attack", .. var rest] => await MemoryAttacks.AttackAsync(rest),
    ["banner", .. var rest] => await BannerCommand.RunAsync(Options.Read(["--rounds", "21", .. rest])),
    ["screens"] => await Screens.RunAsync(),
    ["micro", .. var rest] => Gateway.Benchmarks.Micro.Suite.Run(rest),
    _ => Options.Explain(),
};
