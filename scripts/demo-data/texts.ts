import type { Ishikawa, Language } from '../../api/vocabulary/vocabulary.ts'
import type { DefectKind } from './defects.ts'

/** What the demo's "model" says of a kind of defect. */
interface KindTexts {
  seen: string
  cause: string
  /** Why there was that cause. */
  why: string
  correct: string
  prevent: string
}

interface LanguageTexts {
  clean: readonly string[]
  /** Third to fifth why, the same for all: what lets such a cause go on. */
  whys: readonly [string, string, string]
  factor: string
  /** Ishikawa's categories but machine, which has the cause. */
  ishikawa: Omit<Ishikawa, 'machine'>
  kinds: Record<DefectKind['type'], KindTexts>
}

const kind = (seen: string, cause: string, why: string, correct: string, prevent: string): KindTexts => ({
  seen,
  cause,
  why,
  correct,
  prevent,
})

const EN: LanguageTexts = {
  clean: [
    'No defect to be seen; the finish is even and the outline is whole.',
    'The part looks clean: surface, edge and handle show no fault.',
    'Nothing to object to in this view.',
  ],
  whys: [
    'The drift stayed unnoticed as the reading is looked at once a shift.',
    'The control plan names no limit between two checks.',
    'The plan has not been reviewed since the last change of the process.',
  ],
  factor: 'Several lots were run without a pause for set-up.',
  ishikawa: {
    material: 'No sign of a fault of the material; the lot is within its certificate.',
    method: 'The interval between checks is long for this fault.',
    man: 'Set-up was made at the change of shift.',
    measurement: 'The reading is noted by hand.',
    environment: 'Humidity in the hall was not recorded.',
  },
  kinds: {
    blade_scratch: kind(
      'A bright scratch runs across the lay of the blade face.',
      'Coarse grit was probably carried over to the glazing wheel.',
      'The wheel was not cleaned after the change of belt.',
      'Clean or dress the glazing wheel, and look at the last 50 blades under a lens.',
      'Keep coarse and fine stations apart, and clean at each change of belt.',
    ),
    blade_chip: kind(
      'A piece is missing from the cutting edge.',
      'The edge probably broke out in honing, under too much pressure.',
      'The feed of the honing station was set too high.',
      'Hold the lot, measure the chips, and set the feed of the honing station back.',
      'Limit the feed in the recipe, and check the first part after each change.',
    ),
    edge_irregularity: kind(
      'The cutting edge is uneven over a part of its length.',
      'The taper was probably ground unevenly.',
      'The grinding wheel is worn to one side.',
      'Dress the wheel and measure the edge angle of the next five blades.',
      'Dress by number of blades and not by eye.',
    ),
    handle_crack: kind(
      'A crack runs across the handle between two rivets.',
      'Stress from injection probably opened at the rivet.',
      'The mould was below its temperature at the start of the shift.',
      'Hold the lot and check handles by bending; bring the mould to temperature.',
      'Release injection only after the mould has reached its temperature.',
    ),
    handle_discoloration: kind(
      'The handle has a pale stain.',
      'The resin was probably overheated in the barrel.',
      'The machine stood with a full barrel.',
      'Purge the barrel and sort out the handles made since the stop.',
      'Purge after each stop of more than ten minutes.',
    ),
    weld_defect: kind(
      'There is a pore in the weld of the bolster.',
      'The welding current was probably unsteady.',
      'The electrode is worn.',
      'Change the electrode and test three welds by section.',
      'Change electrodes by number of welds.',
    ),
    polish_defect: kind(
      'A matt patch lacks the polish of the rest.',
      'The polishing wheel is probably worn.',
      'The wheel was run past its number of parts.',
      'Change the wheel and polish the lot again.',
      'Count parts per wheel and stop at the limit.',
    ),
    rust_spot: kind(
      'A rust-coloured spot with a darker core lies on the surface.',
      'The vacuum quench probably left its cooling window, so that the steel lost its resistance.',
      'The chamber took longer than two minutes from 1000 to 600 °C.',
      'Stop the line, hold the lot, and look at the quench log of its charge.',
      'Let the chamber refuse a charge that leaves the cooling window.',
    ),
    dimensional_error: kind(
      'The outline is out of tolerance against the drawing.',
      'The stamping tool is probably worn or out of line.',
      'The tool was past its number of strokes.',
      'Measure ten parts, and change the tool where they are out.',
      'Change the tool by strokes and measure the first part.',
    ),
    assembly_misalignment: kind(
      'The parts are joined out of line.',
      'The fixture of the riveting station probably moved.',
      'A clamp had come loose.',
      'Set the fixture with the gauge and check the last twenty parts.',
      'Check the fixture with the gauge at each start of shift.',
    ),
    surface_contamination: kind(
      'Foreign matter lies on the surface.',
      'The part was probably not dry or clean when it was handled.',
      'The washing bath was due for a change.',
      'Wash the lot again and change the bath.',
      'Change the bath by conductivity.',
    ),
    heat_treatment_defect: kind(
      'Temper colours show on the surface.',
      'Air probably reached the hot steel in the furnace or the quench chamber.',
      'A seal of the chamber leaks.',
      'Hold the charge, measure its hardness, and test the chamber for leaks.',
      'Test the chamber for leaks each week and log the pressure.',
    ),
  },
}

const ZH_HANS: LanguageTexts = {
  clean: ['未见缺陷：表面均匀，轮廓完整。', '工件外观良好：表面、刃口和手柄均无异常。', '此视角下无可指摘之处。'],
  whys: [
    '读数每班只看一次，偏移未被发现。',
    '控制计划未规定两次检查之间的限值。',
    '上次工艺变更后控制计划未重新评审。',
  ],
  factor: '多个批次连续生产，中间未停机调整。',
  ishikawa: {
    material: '未见材料问题，批次符合质保书。',
    method: '对此类问题而言检查间隔过长。',
    man: '调机在交接班时进行。',
    measurement: '读数为手工记录。',
    environment: '车间湿度未记录。',
  },
  kinds: {
    blade_scratch: kind(
      '刀面上有一道横穿纹路的亮划痕。',
      '可能是粗砂粒被带到精抛轮上。',
      '更换砂带后未清洁抛轮。',
      '清洁或修整精抛轮，并用放大镜检查最近 50 片刀身。',
      '粗、精工位分开，每次换砂带后清洁。',
    ),
    blade_chip: kind(
      '刃口缺了一块。',
      '可能是开刃时压力过大导致崩刃。',
      '开刃工位进给设定过高。',
      '扣留该批次，测量崩刃尺寸，并调回开刃工位的进给。',
      '在工艺参数中限制进给，每次调整后首件检查。',
    ),
    edge_irregularity: kind(
      '刃口局部不平整。',
      '可能是刀身斜面磨削（开坡）不均匀。',
      '砂轮偏磨。',
      '修整砂轮，并测量后五片刀的刃角。',
      '按件数而非目测修整砂轮。',
    ),
    handle_crack: kind(
      '两颗铆钉之间的手柄有裂纹。',
      '可能是注塑内应力在铆钉处释放。',
      '班次开始时模具温度偏低。',
      '扣留该批次，对手柄做弯曲检查，并使模具升至规定温度。',
      '模具达到温度后方可放行注塑。',
    ),
    handle_discoloration: kind(
      '手柄上有浅色斑。',
      '可能是料筒内树脂过热。',
      '停机时料筒内存料。',
      '清洗料筒，挑出停机后生产的手柄。',
      '停机超过十分钟即清洗料筒。',
    ),
    weld_defect: kind(
      '刀枕焊缝有气孔。',
      '可能是焊接电流不稳定。',
      '电极磨损。',
      '更换电极，并剖切检查三个焊点。',
      '按焊点数更换电极。',
    ),
    polish_defect: kind(
      '有一块哑光区域，光泽与周围不一致。',
      '可能是抛光轮磨损。',
      '抛光轮超出规定件数使用。',
      '更换抛光轮，整批返抛。',
      '记录每轮件数，到限停用。',
    ),
    rust_spot: kind(
      '表面有锈色斑点，中心颜色较深。',
      '可能是真空淬火超出冷却时间窗口，钢材耐蚀性下降。',
      '腔体由 1000 °C 降至 600 °C 超过两分钟。',
      '停线，扣留该批次，查看该炉次的淬火记录。',
      '超出冷却窗口的炉次由设备自动拒收。',
    ),
    dimensional_error: kind(
      '轮廓超出图纸公差。',
      '可能是冲压模具磨损或错位。',
      '模具超出规定冲次。',
      '测量十件，超差则更换模具。',
      '按冲次更换模具并做首件测量。',
    ),
    assembly_misalignment: kind(
      '各部件装配错位。',
      '可能是铆接工位夹具移位。',
      '夹紧件松动。',
      '用量规校正夹具，并检查最近二十件。',
      '每班开始时用量规检查夹具。',
    ),
    surface_contamination: kind(
      '表面附有异物。',
      '可能是工件未洗净或未干燥即搬运。',
      '清洗槽液到期未换。',
      '整批重新清洗并更换槽液。',
      '按电导率更换槽液。',
    ),
    heat_treatment_defect: kind(
      '表面有回火色。',
      '可能有空气进入炉膛或淬火腔接触高温钢材。',
      '腔体密封泄漏。',
      '扣留该炉次，测量硬度，并做腔体检漏。',
      '每周检漏并记录压力。',
    ),
  },
}

const ZH_HANT: LanguageTexts = {
  clean: ['未見缺陷：表面均勻，輪廓完整。', '工件外觀良好：表面、刃口和手柄均無異常。', '此視角下沒有可指摘之處。'],
  whys: [
    '讀數每更只看一次，偏移未被發現。',
    '控制計劃未訂明兩次檢查之間的限值。',
    '上次工藝變更後控制計劃未重新評審。',
  ],
  factor: '多個批次連續生產，中間沒有停機調校。',
  ishikawa: {
    material: '未見材料問題，批次符合品質證明書。',
    method: '就此類問題而言檢查間隔過長。',
    man: '調機在交更時進行。',
    measurement: '讀數為人手紀錄。',
    environment: '車間濕度沒有紀錄。',
  },
  kinds: {
    blade_scratch: kind(
      '刀面上有一道橫過紋路的亮刮痕。',
      '可能是粗砂粒被帶到精拋輪上。',
      '更換砂帶後沒有清潔拋輪。',
      '清潔或修整精拋輪，並以放大鏡檢查最近 50 片刀身。',
      '粗、精工位分開，每次換砂帶後清潔。',
    ),
    blade_chip: kind(
      '刃口缺了一塊。',
      '可能是開刃時壓力過大導致崩口。',
      '開刃工位進給設定過高。',
      '扣起該批次，量度崩口尺寸，並調回開刃工位的進給。',
      '在工藝參數中限制進給，每次調校後檢查首件。',
    ),
    edge_irregularity: kind(
      '刃口局部不平整。',
      '可能是刀身斜面磨削（開坡）不均勻。',
      '砂輪偏磨。',
      '修整砂輪，並量度其後五片刀的刃角。',
      '按件數而非目測修整砂輪。',
    ),
    handle_crack: kind(
      '兩顆鉚釘之間的手柄有裂紋。',
      '可能是注塑內應力在鉚釘處釋放。',
      '當更開始時模具溫度偏低。',
      '扣起該批次，為手柄做彎曲檢查，並使模具升至規定溫度。',
      '模具達到溫度後方可放行注塑。',
    ),
    handle_discoloration: kind(
      '手柄上有淺色斑。',
      '可能是料筒內樹脂過熱。',
      '停機時料筒內有存料。',
      '清洗料筒，揀出停機後生產的手柄。',
      '停機超過十分鐘即清洗料筒。',
    ),
    weld_defect: kind(
      '刀枕焊縫有氣孔。',
      '可能是焊接電流不穩定。',
      '電極磨損。',
      '更換電極，並剖切檢查三個焊點。',
      '按焊點數更換電極。',
    ),
    polish_defect: kind(
      '有一塊啞光區域，光澤與周圍不一致。',
      '可能是拋光輪磨損。',
      '拋光輪超出規定件數使用。',
      '更換拋光輪，整批返拋。',
      '紀錄每輪件數，到限停用。',
    ),
    rust_spot: kind(
      '表面有鏽色斑點，中心顏色較深。',
      '可能是真空淬火超出冷卻時間窗口，鋼材耐蝕性下降。',
      '腔體由 1000 °C 降至 600 °C 超過兩分鐘。',
      '停線，扣起該批次，查看該爐次的淬火紀錄。',
      '超出冷卻窗口的爐次由設備自動拒收。',
    ),
    dimensional_error: kind(
      '輪廓超出圖紙公差。',
      '可能是沖壓模具磨損或錯位。',
      '模具超出規定沖次。',
      '量度十件，超差則更換模具。',
      '按沖次更換模具並量度首件。',
    ),
    assembly_misalignment: kind(
      '各部件裝配錯位。',
      '可能是鉚接工位夾具移位。',
      '夾緊件鬆動。',
      '以量規校正夾具，並檢查最近二十件。',
      '每更開始時以量規檢查夾具。',
    ),
    surface_contamination: kind(
      '表面附有異物。',
      '可能是工件未洗淨或未乾便搬運。',
      '清洗槽液到期未換。',
      '整批重新清洗並更換槽液。',
      '按電導率更換槽液。',
    ),
    heat_treatment_defect: kind(
      '表面有回火色。',
      '可能有空氣進入爐膛或淬火腔接觸高溫鋼材。',
      '腔體密封洩漏。',
      '扣起該爐次，量度硬度，並為腔體檢漏。',
      '每週檢漏並紀錄壓力。',
    ),
  },
}

export const TEXTS: Record<Language, LanguageTexts> = { en: EN, 'zh-Hans': ZH_HANS, 'zh-Hant': ZH_HANT }
