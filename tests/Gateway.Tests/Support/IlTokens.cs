using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Gateway.Tests.Support;

/// <summary>The metadata tokens that the instructions of a method body carry.</summary>
internal static class IlTokens
{
    private static readonly Dictionary<ushort, OperandType> Operands = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value, code => code.OperandType);

    /// <summary>All types, fields, methods and signatures that the instructions refer to, without strings.</summary>
    public static IEnumerable<EntityHandle> Read(byte[] body)
    {
        for (var at = 0; at < body.Length;)
        {
            var operand = Operands[ReadCode(body, ref at)];
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig
                or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return MetadataTokens.EntityHandle(BitConverter.ToInt32(body, at));
            }
            at += Length(operand, body, at);
        }
    }

    private static ushort ReadCode(byte[] body, ref int at)
    {
        var first = body[at++];
        return first == 0xFE ? (ushort)(0xFE00 | body[at++]) : first;
    }

    private static int Length(OperandType operand, byte[] body, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(body, at)),
        _ => 4,
    };
}
