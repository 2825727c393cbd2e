using Gateway.Commands;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Tests.Commands;

public class HealthCommandTests
{
    [Fact]
    public async Task The_gateway_can_be_asked_by_its_address_whatever_became_of_its_file()
    {
        Uri address;
        await using (var gateway = await TestGateway.StartAsync(context => context.Response.WriteAsync("x")))
        {
            address = gateway.OperatorUrl;
            Assert.Equal(0, await HealthCommand.RunAsync(["--address", address.ToString(), "--config", "/no/such/file.json"]));
            Assert.Equal(1, await HealthCommand.RunAsync(["--address", gateway.Url.ToString()]));
        }

        Assert.Equal(1, await HealthCommand.RunAsync(["--address", address.ToString()]));
        Assert.Equal(2, await HealthCommand.RunAsync(["--adress", address.ToString()]));
        Assert.Equal(2, await HealthCommand.RunAsync(["--address", "nowhere"]));
    }
}
