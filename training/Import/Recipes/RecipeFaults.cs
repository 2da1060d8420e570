using LeadPredict.Storage.Rows;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace LeadPredict.Training.Import.Recipes;

/// <summary>Collects what is wrong with a recipe while it is read.</summary>
internal sealed class RecipeFaults
{
    private readonly List<RecipeFault> _faults = [];

    /// <summary>What was wrong so far, without places.</summary>
    public IEnumerable<string> Problems => _faults.Select(fault => fault.Problem);

    public void Add(YamlNode node, string problem) => Add(node.Start, problem);

    public void Add(Mark mark, string problem) => _faults.Add(new(mark.Line, mark.Column, problem));

    /// <summary>Adds the texts, wherever they stand, that no store keeps.</summary>
    public void AddUnstorable(YamlNode root)
    {
        foreach (YamlScalarNode scalar in root.AllNodes.OfType<YamlScalarNode>())
        {
            if (scalar.Value is { } text && StorableText.Fault(text) is { } fault)
            {
                Add(scalar, $"{fault}; expected text that every store keeps");
            }
        }
    }

    /// <summary>Throws when anything was wrong.</summary>
    public void Demand(string file)
    {
        if (_faults.Count > 0)
        {
            throw new RecipeException(file, [.. _faults.Distinct().OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
        }
    }

    public static Place PlaceOf(YamlNode node) => new(node.Start.Line, node.Start.Column);
}
