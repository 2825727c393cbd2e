using Gateway.Script;
using Xunit;

namespace Gateway.Tests.Script;

public sealed class ShortScriptTests
{
    [Theory]
    [InlineData("const first = 1;\nlet second = first + 1;", "let a=1,b=a+1;")]
    [InlineData("function sum(one, two) {\n  const all = one + two;\n  return all;\n}", "let a=(A,B)=>{let C=A+B;return C};")]
    [InlineData("const one = item => item.one;", "let a=A=>A.one;")]
    [InlineData("const all = (one, [two, three], { four, five: six }, ...rest) => two;", "let a=(A,[B,C],{four:D,five:E},...F)=>B;")]
    [InlineData("const [one, two] = three;", "let[a,b]=three;")]
    [InlineData("for (const [key, value] of all) use(key, value);", "for(let[A,B]of all)use(A,B);")]
    [InlineData("function make(old) { return { old, new: old, set(value) { old.value = value; }, async get(...old) {}, }; }", "let a=A=>{return{old:A,new:A,set(B){A.value=B},async get(...A){}}};")]
    [InlineData("function f(x) { try { x(); } catch (error) { if (error) { x(error); } } }", "let a=A=>{try{A()}catch(B){if(B){A(B)}}};")]
    [InlineData("const used = 1; const usedMore = 2; g(usedMore, usedMore);", "let b=1,a=2;g(a,a);")]
    public void Only_names_that_the_script_declares_get_shorter(string code, string expected) =>
        Assert.Equal(expected, new ShortScript(code).Text);

    [Theory]
    [InlineData("const name = \"a name { of } // name\";", "let a=\"a name { of } // name\";")]
    [InlineData("const name = `name ${name} and ${{ name }.name} name`;", "let a=`name ${a} and ${{name:a}.name} name`;")]
    [InlineData("const name = \"it \\\" name\" + name;", "let a=\"it \\\" name\"+a;")]
    [InlineData("const name = /name [/\"]\\/ name/g.test(name);", "let a=/name [/\"]\\/ name/g.test(a);")]
    [InlineData("const name = [name / 2, name] / name;", "let a=[a/2,a]/a;")]
    public void What_stands_in_strings_templates_and_patterns_stays(string code, string expected) =>
        Assert.Equal(expected, new ShortScript(code).Text);

    [Theory]
    [InlineData("f(a + +b, c - -d, e++, x + ++y);", "f(a+ +b,c- -d,e++,x+ ++y);")]
    [InlineData("if (typeof a !== \"b\") return undefined; else throw new C;", "if(typeof a!==\"b\")return void 0;else throw new C;")]
    public void Words_and_signs_stay_apart(string code, string expected) => Assert.Equal(expected, new ShortScript(code).Text);

    [Theory]
    [InlineData("const one = () => { two(); }; let three; const { four } = five;", "let a=()=>{two()},b,{four:c}=five;")]
    [InlineData("f(); const a = 1; g(); let b = 2; if (a) { h(); } const c = 3;", "f();let a=1;g();let b=2;if(a){h()}let c=3;")]
    [InlineData("for (let i = 0; i < 9; i++) { const a = i; const b = a; f(b); } let c = 1;", "for(let A=0;A<9;A++){let B=A,C=B;f(C)}let a=1;")]
    [InlineData("function f() { let a = { b: 1 }; const c = [a]; return c; } let d;", "let a=()=>{let A={b:1},B=[A];return B},b;")]
    public void Declarations_that_follow_each_other_are_one(string code, string expected) => Assert.Equal(expected, new ShortScript(code).Text);

    [Theory]
    [InlineData("function sum(one, two) { return one + two; } sum();", "let a=(A,B)=>A+B;a();")]
    [InlineData("async function get(one) { return await one; }", "let a=async A=>await A;")]
    [InlineData("function two() { f(); return 1; } function pair() { return { one: 1 }; }", "let a=()=>{f();return 1},b=()=>{return{one:1}};")]
    [InlineData("const last = function () { return arguments; };", "let a=function(){return arguments};")]
    [InlineData("function outer({ one }, [two]) { return list.map(item => { return item + one + two; }); }", "let a=({one:A},[B])=>list.map(C=>{return C+A+B});")]
    public void Functions_become_arrows(string code, string expected) => Assert.Equal(expected, new ShortScript(code).Text);

    [Theory]
    [InlineData("""{"one":{"two-three":[1,"four\":"]},"__proto__":null}""", """{one:{"two-three":[1,"four\":"]},__proto__:null}""")]
    [InlineData("""["it\u0027s \\u0027 \u003C"]""", """["it's \\u0027 \u003C"]""")]
    public void Data_loses_quotes_and_escapes_that_say_nothing(string json, string expected) => Assert.Equal(expected, ShortScript.Literal(json));

    [Fact]
    public void Properties_of_the_data_get_shorter_too()
    {
        var script = new ShortScript("const site = SITE; f(site.first.second, site.third, other.first, other.site.first, site.third); site.fourth = { first: 1 };", "site");

        Assert.Equal("let a=SITE;f(a.b.second,a.a,other.first,other.site.first,a.a);a.c={first:1};", script.Text);
        Assert.Equal(new Dictionary<string, string> { ["third"] = "a", ["first"] = "b", ["fourth"] = "c" }, script.Properties);
    }

    [Fact]
    public void Statements_use_the_same_letters_again_and_many_names_differ()
    {
        Assert.Equal("let a=A=>{},b=(A,B)=>{};", new ShortScript("function f(one) {} function g(two, three) {}").Text);

        var many = string.Concat(Enumerable.Range(0, 80).Select(i => $"const name{i} = {i};"));
        Assert.Equal(80, new ShortScript(many).Text[4..].Split(',').Select(one => one.Split('=')[0]).Distinct().Count());
    }

    // What an inner function does not use of the outer ones may be hidden there.
    [Theory]
    [InlineData("function f(one) { g(two => two); h(three => one + three); }", "let a=A=>{g(A=>A);h(B=>A+B)};")]
    [InlineData("const f = one => two => three => one + three;", "let a=A=>B=>B=>A+B;")]
    [InlineData("const f = one => one ? two => two : (three, four) => four ?? one;", "let a=A=>A?A=>A:(B,C)=>C??A;")]
    [InlineData("const f = one => { let two; g(() => { let three = two; return () => one + three; }); };", "let a=A=>{let B;g(()=>{let C=B;return()=>A+C})};")]
    [InlineData("const f = one => [two => { try { two(); } catch (three) { g(one, three); } }, one];", "let a=A=>[B=>{try{B()}catch(B){g(A,B)}},A];")]
    [InlineData("const f = one => { if (one) { let two = one; g(two); } for (let two of one) g(two); };", "let a=A=>{if(A){let B=A;g(B)}for(let B of A)g(B)};")]
    public void Functions_use_the_same_letters_where_they_may(string code, string expected) => Assert.Equal(expected, new ShortScript(code).Text);

    [Fact]
    public void A_name_that_would_be_hidden_further_in_is_told() =>
        Assert.Contains("\"shown\"", Assert.Throws<InvalidOperationException>(() => new ShortScript("let shown; function f(shown) {}")).Message);
}
