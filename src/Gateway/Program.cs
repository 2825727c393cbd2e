using Gateway;
using Gateway.Commands;

// The first argument selects the command. Each command returns its exit code.
return args switch
{
    ["run", .. var options] => await RunCommand.RunAsync(options),
    ["check", .. var options] => CheckCommand.Run(options),
    ["demo", .. var options] => await DemoCommand.RunAsync(options),
    ["preview", .. var options] => await PreviewCommand.RunAsync(options),
    ["health", .. var options] => await HealthCommand.RunAsync(options),
    ["help" or "--help" or "-h"] => Usage.Print(Console.Out, ExitCode.Ok),
    ["--version"] => Usage.PrintVersion(Console.Out),
    [] => Usage.Reject("No command given."),
    [var command, ..] => Usage.Reject($"Unknown command \"{command}\"."),
};
