using Gateway.Banner;
using Xunit;

namespace Gateway.Tests.Banner;

public sealed class ShortScriptTests
{
    [Theory]
    [InlineData("const first = 1;\nlet second = first + 1;", "const a=1;let b=a+1;")]
    [InlineData("function sum(one, two) {\n  const all = one + two;\n  return all;\n}", "function a(A,B){const C=A+B;return C}")]
    [InlineData("const one = item => item.one;", "const a=A=>A.one;")]
    [InlineData("const all = (one, [two, three], { four, five: six }, ...rest) => two;", "const a=(A,[B,C],{four:D,five:E},...F)=>B;")]
    [InlineData("const [one, two] = three;", "const[a,b]=three;")]
    [InlineData("for (const [key, value] of all) use(key, value);", "for(const[A,B]of all)use(A,B);")]
    [InlineData("function make(old) { return { old, new: old, set(value) { old.value = value; }, async get(...old) {}, }; }", "function a(A){return{old:A,new:A,set(B){A.value=B},async get(...A){}}}")]
    [InlineData("function f(x) { try { x(); } catch (error) { if (error) { x(error); } } }", "function a(A){try{A()}catch(B){if(B){A(B)}}}")]
    [InlineData("const used = 1; const usedMore = 2; g(usedMore, usedMore);", "const b=1;const a=2;g(a,a);")]
    public void Only_names_that_the_script_declares_get_shorter(string code, string expected) =>
        Assert.Equal(expected, ShortScript.Write(code));

    [Theory]
    [InlineData("const name = \"a name { of } // name\";", "const a=\"a name { of } // name\";")]
    [InlineData("const name = `name ${name} and ${{ name }.name} name`;", "const a=`name ${a} and ${{name:a}.name} name`;")]
    [InlineData("const name = \"it \\\" name\" + name;", "const a=\"it \\\" name\"+a;")]
    [InlineData("const name = /name [/\"]\\/ name/g.test(name);", "const a=/name [/\"]\\/ name/g.test(a);")]
    [InlineData("const name = [name / 2, name] / name;", "const a=[a/2,a]/a;")]
    public void What_stands_in_strings_templates_and_patterns_stays(string code, string expected) =>
        Assert.Equal(expected, ShortScript.Write(code));

    [Theory]
    [InlineData("f(a + +b, c - -d, e++, x + ++y);", "f(a+ +b,c- -d,e++,x+ ++y);")]
    [InlineData("if (typeof a !== \"b\") return void 0; else throw new C;", "if(typeof a!==\"b\")return void 0;else throw new C;")]
    public void Words_and_signs_stay_apart(string code, string expected) => Assert.Equal(expected, ShortScript.Write(code));

    [Fact]
    public void Statements_use_the_same_letters_again_and_many_names_differ()
    {
        Assert.Equal("function a(A){}function b(A,B){}", ShortScript.Write("function f(one) {} function g(two, three) {}"));

        var many = string.Concat(Enumerable.Range(0, 80).Select(i => $"const name{i} = {i};"));
        Assert.Equal(80, ShortScript.Write(many).Split("const ").Select(one => one.Split('=')[0]).Where(name => name.Length > 0).Distinct().Count());
    }

    [Fact]
    public void A_name_that_would_be_hidden_further_in_is_told() =>
        Assert.Contains("\"shown\"", Assert.Throws<InvalidOperationException>(() => ShortScript.Write("let shown; function f(shown) {}")).Message);
}
