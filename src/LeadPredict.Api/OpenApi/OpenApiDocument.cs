using Microsoft.OpenApi;

namespace LeadPredict.Api.OpenApi;

/// <summary>The document at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiDocument
{
    public static void AddLeadPredictOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "LeadPredict", Version = "v1", Description = "Honest probabilities beside the scorecard's points, on the same leads." };

            // Where the service is reached is not for it to say.
            document.Servers = [];
            return Task.CompletedTask;
        });

        // Instants are written by a converter of our own, which hides from the generator that they are text.
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonTypeInfo.Type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
            {
                schema.Type = context.JsonTypeInfo.Type == typeof(DateTimeOffset) ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
                schema.Format = "date-time";
            }

            return Task.CompletedTask;
        });
    });
}
