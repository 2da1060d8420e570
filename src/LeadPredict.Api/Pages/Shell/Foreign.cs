using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace LeadPredict.Api.Pages.Shell;

/// <summary>A text that somebody else typed, or that holds one: marks in it that turn the direction of writing around end with it.</summary>
public sealed class Foreign : ComponentBase
{
    /// <summary>The text.</summary>
    [Parameter, EditorRequired]
    public string? Text { get; set; }

    /// <summary>The text without such marks, for where no element can stand: titles, options.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.AsSpan().IndexOfAnyInRange('\u202a', '\u2069') < 0 ? text : string.Concat(text.Where(one => one is not (>= '\u202a' and <= '\u202e') and not (>= '\u2066' and <= '\u2069')));
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.OpenElement(0, "bdi");
        builder.AddContent(1, Text);
        builder.CloseElement();
    }
}
