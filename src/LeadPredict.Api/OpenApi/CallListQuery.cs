using System.Globalization;
using System.Text.Json.Nodes;
using LeadPredict.Api.Handlers;
using LeadPredict.Funnel.Stages;
using Microsoft.OpenApi;

namespace LeadPredict.Api.OpenApi;

/// <summary>The query of the call list, which <see cref="CallListHandler"/> reads by itself, so that the generator does not see it.</summary>
internal static class CallListQuery
{
    public static Task DescribeAsync(OpenApiOperation operation)
    {
        operation.Parameters =
        [
            Words("sort", "What comes first; default worth", CallListHandler.Orders.Keys),
            Number("limit", "How many leads; default " + CallListHandler.UsualLeads.ToString(CultureInfo.InvariantCulture), 1, CallListHandler.MostLeads),
            Number("offset", "How many to leave out before them; default 0", 0, int.MaxValue),
            Words("stage", "Leads in this stage", Enum.GetNames<Stage>()),
            Text("source", "Leads that came from there", CallListHandler.LongestName),
            Text("owner", "Leads of which it is that owner's turn", CallListHandler.LongestName),
            Words("grade", "Leads of this grade", CallListHandler.Grades),
            Words("agreement", "Leads of which the model, or the rules, say more than the other", CallListHandler.Agreements),
            Text("find", "Part of the company's name, the job title or the identifier", CallListHandler.LongestText),
        ];
        return Task.CompletedTask;
    }

    private static OpenApiParameter Words(string name, string description, IEnumerable<string> words) =>
        Parameter(name, description, new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => JsonValue.Create(word))] });

    private static OpenApiParameter Number(string name, string description, int least, int most) => Parameter(
        name,
        description,
        new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = least.ToString(CultureInfo.InvariantCulture), Maximum = most.ToString(CultureInfo.InvariantCulture) });

    private static OpenApiParameter Text(string name, string description, int longest) =>
        Parameter(name, description, new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = longest });

    private static OpenApiParameter Parameter(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };
}
