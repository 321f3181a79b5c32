pub struct Stored<'a>{pub id:&'a str,pub text:&'a str,pub speaker:&'a str}
pub struct Mutant{pub text:String,pub attributed_to:Option<String>,pub expected:&'static str,pub sources:Vec<String>,pub mutation:&'static str,pub meaning_bearing:Option<bool>}
pub fn cases(_:&[Stored],_:&[Stored],_:usize,_:u64)->Vec<Mutant>{vec![]}
