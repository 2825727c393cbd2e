using Gateway.Commands;

// A verb is a command; what it returns is the exit code: 0 fine, 1 failed, 2 bad configuration or bad usage.
return args switch
{
    ["run", .. var options] => await RunCommand.RunAsync(options),
    ["check", .. var options] => CheckCommand.Run(options),
    ["demo", .. var options] => await DemoCommand.RunAsync(options),
    ["preview", .. var options] => await PreviewCommand.RunAsync(options),
    ["health", .. var options] => await HealthCommand.RunAsync(options),
    ["help" or "--help" or "-h"] => Usage.Print(Console.Out, exitCode: 0),
    ["--version"] => Usage.PrintVersion(Console.Out),
    [] => Usage.Refuse("What shall the gateway do?"),
    [var verb, ..] => Usage.Refuse($"\"{verb}\" is not something the gateway does."),
};
