using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LeadPredict.Api.OpenApi;

/// <summary>Mends what the generator cannot see of how values are written.</summary>
internal static class SchemaForms
{
    /// <summary>Whether a type stands for one of two others.</summary>
    public static bool IsEither(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EitherOf<,>);

    /// <summary>Mends the schema of a type.</summary>
    public static async Task MendAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellation)
    {
        Type type = context.JsonTypeInfo.Type;
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(DateTimeOffset))
        {
            // A converter of our own writes instants, which hides that they are text.
            schema.Type = bare == type ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
            schema.Format = "date-time";
        }
        else if (bare.IsEnum && schema.Enum is { } words)
        {
            // Where a word may be null, its place in the document says so; were null among the words too, it would be two things at once.
            schema.Enum = [.. words.Where(word => word is not null && !word.IsJsonNullSentinel())];
        }
        else if (IsEither(type))
        {
            (schema.Type, schema.Description) = (null, null);
            schema.AnyOf = [];
            foreach (Type form in type.GetGenericArguments())
            {
                schema.AnyOf.Add(await context.GetOrCreateSchemaAsync(form, null, cancellation));
            }
        }
    }
}
