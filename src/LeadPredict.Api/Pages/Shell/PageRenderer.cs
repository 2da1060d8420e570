using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadPredict.Api.Pages.Shell;

/// <summary>Draws components to text on the server. Safe to use from several threads.</summary>
/// <param name="services">Gives components nothing but what the renderer itself needs.</param>
/// <param name="logs">For the renderer.</param>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>A component as HTML.</summary>
    public async Task<string> RenderAsync<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            ParameterView view = ParameterView.FromDictionary(parameters.ToDictionary(one => one.Name, one => one.Value));
            return (await renderer.RenderComponentAsync<T>(view)).ToHtmlString();
        });
    }
}
