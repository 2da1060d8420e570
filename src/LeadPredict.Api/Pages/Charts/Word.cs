using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LeadPredict.Api.Pages.Charts;

/// <summary>Text inside a drawing: Razor keeps the element's own name for itself.</summary>
public sealed class Word : ComponentBase
{
    /// <summary>Left to right, in units of the drawing.</summary>
    [Parameter, EditorRequired]
    public double X { get; set; }

    /// <summary>Top to bottom: the line that letters stand on.</summary>
    [Parameter, EditorRequired]
    public double Y { get; set; }

    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>How it is drawn.</summary>
    [Parameter]
    public string Kind { get; set; } = "tick";

    /// <summary>Which part of it stands at <see cref="X"/>: start, middle or end.</summary>
    [Parameter]
    public string Anchor { get; set; } = "end";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", Kind);
        builder.AddAttribute(2, "x", Shell.Figure.N(X));
        builder.AddAttribute(3, "y", Shell.Figure.N(Y));
        builder.AddAttribute(4, "text-anchor", Anchor);
        builder.AddContent(5, Text);
        builder.CloseElement();
    }
}
