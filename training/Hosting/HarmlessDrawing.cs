using LeadPredict.Funnel.Leads;
using Spectre.Console.Rendering;

namespace LeadPredict.Training.Hosting;

/// <summary>A table or chart whose texts do not steer the terminal, while its own colours do.</summary>
/// <param name="inner">What is drawn.</param>
internal sealed class HarmlessDrawing(IRenderable inner) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => inner.Measure(options, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => inner.Render(options, maxWidth)
        .Select(part => part.IsControlCode || part.IsLineBreak ? part : new Segment(HarmlessText.Lines(part.Text), part.Style));
}
