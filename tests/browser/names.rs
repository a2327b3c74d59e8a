//! Names are found by the initials of their pinyin, as this browser sorts them.

use lanepad::tablet::pinyin::initials_of;
use wasm_bindgen_test::wasm_bindgen_test;

/// The hundred most frequent family names, and those that are read otherwise than their character.
const FAMILY_NAMES: &str = "王W李L张Z刘L陈C杨Y赵Z黄H周Z吴W徐X孙S胡H朱Z高G林L何H郭G马M罗L梁L宋S郑Z谢X韩H唐T冯F于Y董D萧X\
程C曹C袁Y邓D许X傅F沈S曾Z彭P吕L苏S卢L蒋J蔡C贾J丁D魏W薛X叶Y阎Y余Y潘P杜D戴D夏X钟Z汪W田T任R姜J范F方F石S姚Y谭T廖L邹Z熊X金J\
陆L郝H孔K白B崔C康K毛M邱Q秦Q江J史S顾G侯H邵S孟M龙L万W段D雷L钱Q汤T尹Y黎L易Y常C武W乔Q贺H赖L龚G文W\
单S解X仇Q区O查Z朴P盖G翟Z覃Q褚C缪M乐Y盛S牟M阚K冼X车C瞿Q柏B葛G俞Y欧O阮R庞P申S牛N聂N詹Z虞Y殷Y鲍B";

const GIVEN_NAMES: &str = "志Z远Y国G栋D晓X彤T雅Y琴Q伟W芳F娜N秀X英Y敏M静J丽L强Q磊L军J洋Y勇Y艳Y杰J娟J涛T明M超C霞X平P刚G桂G兰L\
飞F红H辉H建J华H春C梅M玉Y萍P健J俊J帆F博B宇Y浩H轩X子Z涵H梓Z怡Y欣X悦Y诗S琪Q嘉J思S睿R铭M泽Z佳J婷T雪X慧H莹Y倩Q鹏P\
凯K波B斌B旭X峰F龙L亮L丹D燕Y颖Y琳L晨C昊H天T奕Y然R煜Y祺Q沐M逸Y瑞R欢H乐L安A恩E坤K康K莉L淑S珍Z萱X钰Y骏J骁X晟S茜X";

fn pairs(list: &str) -> Vec<(char, char)> {
    let list: Vec<char> = list.chars().filter(|c| !c.is_whitespace()).collect();
    list.chunks(2).map(|pair| (pair[0], pair[1])).collect()
}

#[wasm_bindgen_test]
fn a_hundred_family_names_and_a_hundred_given_names_have_their_initials() {
    let (family, given) = (pairs(FAMILY_NAMES), pairs(GIVEN_NAMES));
    assert!(family.len() > 120 && given.len() > 100, "{} {}", family.len(), given.len());
    let mut wrong = Vec::new();
    for (name, initial) in &family {
        let found = initials_of(&format!("{name}志强"));
        if found != format!("{initial}ZQ") {
            wrong.push(format!("{name}: {found}"));
        }
    }
    for (name, initial) in &given {
        let found = initials_of(&format!("陈{name}"));
        if found != format!("C{initial}") {
            wrong.push(format!("陈{name}: {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join(", "));
    assert_eq!(initials_of("欧阳志远"), "OYZY");
    assert_eq!(initials_of("Weber"), "");
}
