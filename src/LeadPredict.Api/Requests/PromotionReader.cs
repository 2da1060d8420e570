using LeadPredict.Artifacts.Repository;

namespace LeadPredict.Api.Requests;

/// <summary>Reads <c>{"version": 3, "alias": "champion"}</c>; the alias may be left out.</summary>
internal static class PromotionReader
{
    public static (int Version, ModelAlias Alias) Read(ReadOnlyMemory<byte> utf8) => JsonBody.Read(utf8, root =>
    {
        Dictionary<string, JsonField> members = root.Members("version", "alias");
        Fields.Require(root, members, "version");
        int version = members.TryGetValue("version", out JsonField given) ? given.Integer(1) : 1;
        ModelAlias alias = ModelAlias.Champion;
        if (members.TryGetValue("alias", out JsonField named))
        {
            switch (named.Text(20))
            {
                case "champion":
                    break;
                case "challenger":
                    alias = ModelAlias.Challenger;
                    break;
                default:
                    named.Fault(named.Found(), "champion or challenger");
                    break;
            }
        }

        return (version, alias);
    });
}

/// <summary>Which version to promote.</summary>
/// <param name="Version">From 1.</param>
/// <param name="Alias"><c>champion</c> (default) or <c>challenger</c>.</param>
public sealed record PromotionBody(int Version, string? Alias = null);
